import { expect, it } from 'vitest'
import { createRandom } from '../../data/random.ts'
import type { PictureSet } from './batches.ts'
import { haveMarksWayUp } from './measure-pictures.ts'
import { rarestClasses } from './read-items.ts'

/** Pictures lit from above, each with an object whose pixels `level` gives for a place in ±1. */
function litFromAbove(level: (x: number, y: number) => number): PictureSet {
  const random = createRandom(9)
  const pictures = Array.from({ length: 60 }, () => {
    const [left, top] = [Math.floor(random() * 40), Math.floor(random() * 40)]
    const pixels = Uint8Array.from({ length: 64 * 64 }, (_, at) => {
      const [x, y] = [(at % 64) - left, Math.floor(at / 64) - top]
      const isObject = x >= 0 && y >= 0 && x < 20 && y < 20
      const object = isObject ? level((x + 0.5) / 10 - 1, (y + 0.5) / 10 - 1) : 100
      return object + (64 - y - top) / 8 + random() * 20
    })
    return {
      pixels,
      width: 64,
      height: 64,
      marks: [{ box: [left, top, 20, 20] as [number, number, number, number], class: 0 }],
    }
  })
  const read = (position: number) => pictures[position]!
  const normalisation = { mean: [100], deviation: [20] }
  return { count: 60, read, marksAt: (at) => read(at).marks, normalisation, channels: 1, classCount: 1 }
}

it('asks what is marked, and not the light, whether there is a way up', () => {
  expect(haveMarksWayUp(litFromAbove((x, y) => (Math.hypot(x, y) < 0.9 ? 30 : 100)))).toBe(false)
  expect(haveMarksWayUp(litFromAbove((_, y) => (y < 0 ? 200 : 30)))).toBe(true)
})

it('takes a picture for the class of its marks that fewest pictures have', () => {
  const picture = (...places: number[]) => ({
    ...{ index: 0, width: 9, height: 9 },
    marks: places.map((place) => ({ box: [0, 0, 5, 5] as [number, number, number, number], class: place })),
  })
  expect(rarestClasses([picture(0, 1, 0), picture(0), picture()])).toEqual([1, 0, -1])
})
