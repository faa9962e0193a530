import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openApiDocument, routes } from './index.ts'

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const { version } = JSON.parse(file('../package.json')) as { version: string }
const document = openApiDocument(version)

describe('OpenAPI description', () => {
  it('is checked in as it is generated (npm run generate)', () => {
    expect(JSON.parse(file('../generated/openapi.json'))).toEqual(JSON.parse(JSON.stringify(document)))
  })

  it('names every route once', () => {
    const operations = Object.values(document.paths as Record<string, object>).flatMap((path) => Object.keys(path))
    expect(operations).toHaveLength(Object.keys(routes).length)
  })

  it('refers only to schemas it contains', () => {
    const text = JSON.stringify(document)
    const known = Object.keys((document.components as { schemas: object }).schemas)
    const used = [...text.matchAll(/#\/components\/schemas\/([A-Za-z]+)/g)].map((match) => match[1])
    expect(used.filter((name) => !known.includes(name as string))).toEqual([])
  })
})
