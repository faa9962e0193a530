import { expect, it } from 'vitest'
import { decodeBoxes } from './decode-boxes.ts'
import { suppressOverlaps } from './suppress.ts'

const answer = (peaks: Record<number, number>) => {
  const heat = new Float32Array(2 * 25)
  for (const [at, value] of Object.entries(peaks)) heat[Number(at)] = value
  const edges = new Float32Array(4 * 25).fill(5)
  return { heat, edges, rows: 5, columns: 5 }
}

it('reads a box around the middle of a place that is hotter than its neighbours', () => {
  expect(decodeBoxes(answer({ 12: 0.5, 13: 0.25, 30: 0.75 }), 0.1)).toEqual([
    { box: [5, 5, 10, 10], class: 0, score: 0.5 },
    { box: [-3, 1, 10, 10], class: 1, score: 0.75 },
  ])
})

it('takes one of equal neighbours, none that is cold or not a number', () => {
  expect(decodeBoxes(answer({ 6: 0.5, 7: 0.5, 24: 0.05, 40: Number.NaN }), 0.1)).toHaveLength(1)
})

it('keeps the best of overlapping boxes of one class, and those of another', () => {
  const at = (x: number, score: number, index = 0) => ({
    box: [x, 0, 10, 10] as [number, number, number, number],
    class: index,
    score,
  })
  const kept = suppressOverlaps([at(1, 0.6), at(0, 0.9), at(1, 0.5, 1), at(30, 0.2)], 0.5, 10)
  expect(kept.map(({ score }) => score)).toEqual([0.9, 0.5, 0.2])
  expect(suppressOverlaps(kept, 0.5, 2)).toHaveLength(2)
  expect(suppressOverlaps([], 0.5, 2)).toEqual([])
})
