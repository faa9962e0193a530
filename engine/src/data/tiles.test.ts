import { expect, it } from 'vitest'
import { planTileSpans } from './tiles.ts'

it.each([
  [513, 512, 32],
  [700, 512, 64],
  [1500, 512, 64],
  [993, 512, 32],
  [10_000, 512, 48],
  [65, 64, 16],
])('tiles of a length of %d count 1 in all at every place', (length, size, overlap) => {
  const total = new Float32Array(length)
  for (const { start, weights } of planTileSpans(length, size, overlap)) {
    expect(start + size).toBeLessThanOrEqual(length)
    weights.forEach((weight, place) => {
      total[start + place] = total[start + place]! + weight
    })
  }
  expect(Math.min(...total)).toBeCloseTo(1, 5)
  expect(Math.max(...total)).toBeCloseTo(1, 5)
})

it('one tile holds a picture that is no larger', () => {
  expect(planTileSpans(40, 64, 16)).toEqual([{ start: 0, length: 64, weights: new Float32Array(64).fill(1) }])
})

it('refuses tiles that would share more than half of themselves', () => {
  expect(() => planTileSpans(100, 64, 32)).toThrow(RangeError)
})
