import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'))

it('pins Node 24 for every platform in the lockfile', () => {
  const { packages } = read('package-lock.json') as { packages: Record<string, { version?: string }> }
  for (const name of Object.keys(read('package.json').optionalDependencies)) {
    expect(packages[`node_modules/${name}`]?.version, name).toMatch(/^24\./)
  }
})

it('keeps download hosts out of the lockfile', () => {
  expect(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')).not.toMatch(/"resolved": "https?:/)
})
