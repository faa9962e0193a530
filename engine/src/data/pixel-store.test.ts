import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openPixelStore } from './pixel-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'pixel-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('gives back each picture, from memory or, when there are too many, from a file that goes with it', () => {
  for (const memoryLimit of [1000, 10]) {
    const file = join(folder, 'pixels.bin')
    const store = openPixelStore(3, 4, file, memoryLimit)
    store.write(2, Uint8Array.of(9, 9, 9, 9))
    store.write(0, Uint8Array.of(1, 2, 3, 4))
    expect([...store.read(0)]).toEqual([1, 2, 3, 4])
    expect([...store.read(2)]).toEqual([9, 9, 9, 9])
    expect(existsSync(file)).toBe(memoryLimit === 10)
    store.close()
    expect(existsSync(file)).toBe(false)
  }
})
