import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openPieceStore } from './piece-store.ts'

it('gives back pictures of any size, those beyond the limit from a file that goes with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'piece-store-'))
  const file = join(folder, 'pixels.bin')
  const store = openPieceStore(file, 5)
  const pieces = [4, 3, 8, 1].map((length, index) => new Uint8Array(length).fill(index + 1))
  expect(pieces.map((piece) => store.add(piece))).toEqual([0, 1, 2, 3])
  for (const index of [2, 0, 3, 1]) expect([...store.read(index)]).toEqual([...pieces[index]!])
  expect(existsSync(file)).toBe(true)
  expect(() => store.read(4)).toThrow(RangeError)
  store.close()
  expect(existsSync(file)).toBe(false)
  rmSync(folder, { recursive: true })
})
