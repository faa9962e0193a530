import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PreviewCache } from './preview-cache.ts'

let folder: string
let made: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vesalius-cache-'))
  made = []
})
afterEach(() => rm(folder, { recursive: true }))

function ask(cache: PreviewCache, name: string): Promise<string> {
  return cache.get(name, async (target) => {
    made.push(name)
    await writeFile(target, Buffer.alloc(10))
  })
}

it('makes a file once, also when it is asked for twice at the same time', async () => {
  const cache = new PreviewCache(folder, 100)
  await Promise.all([ask(cache, 'a'), ask(cache, 'a')])
  await ask(cache, 'a')
  await ask(new PreviewCache(folder, 100), 'a')
  expect(made).toEqual(['a'])
})

it('drops what was not used for longest when it is full', async () => {
  const cache = new PreviewCache(folder, 25)
  for (const name of ['a', 'b', 'a', 'c']) await ask(cache, name)
  expect((await readdir(folder)).sort()).toEqual(['a', 'c'])
})

it('makes a file again that somebody removed', async () => {
  const cache = new PreviewCache(folder, 100)
  await rm(await ask(cache, 'a'))
  await ask(cache, 'a')
  expect(made).toEqual(['a', 'a'])
})

it('keeps nothing of a file that could not be made', async () => {
  const cache = new PreviewCache(folder, 100)
  const failing = cache.get('a', async (target) => {
    await writeFile(target, 'half')
    throw new Error('broken')
  })
  await expect(failing).rejects.toThrow('broken')
  expect(await readdir(folder)).toEqual([])
})
