import { expect, it } from 'vitest'
import { drawBalancedEpoch } from './sampler.ts'

const values = [...new Array(90).fill(0), ...new Array(10).fill(1)]

it('draws every class equally often', () => {
  const drawn = drawBalancedEpoch(values, { count: 100, seed: 1, epoch: 0 })
  expect([...drawn].filter((index) => values[index] === 1)).toHaveLength(50)
})

it('shows every image of a class once before any comes again', () => {
  const drawn = drawBalancedEpoch(values, { count: 180, seed: 1, epoch: 0 })
  expect(new Set([...drawn].filter((index) => values[index] === 0)).size).toBe(90)
})

it('draws the same epoch for the same seed and another one for the next epoch', () => {
  const first = drawBalancedEpoch(values, { count: 64, seed: 7, epoch: 3 })
  expect(drawBalancedEpoch(values, { count: 64, seed: 7, epoch: 3 })).toEqual(first)
  expect(drawBalancedEpoch(values, { count: 64, seed: 7, epoch: 4 })).not.toEqual(first)
})

it('refuses an empty set', () => {
  expect(() => drawBalancedEpoch([], { count: 8, seed: 1, epoch: 0 })).toThrow(RangeError)
})
