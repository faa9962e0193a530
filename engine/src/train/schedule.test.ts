import { expect, it } from 'vitest'
import { adjustEpochs, planTraining } from './plan.ts'
import { fitEpochs, learningRateShare } from './schedule.ts'

it('the learning rate rises, then falls to almost nothing', () => {
  expect(learningRateShare(0, 0.1)).toBeLessThan(0.05)
  expect(learningRateShare(0.1, 0.1)).toBeCloseTo(1, 6)
  expect(learningRateShare(0.55, 0.1)).toBeCloseTo(0.505, 3)
  expect(learningRateShare(1, 0.1)).toBeCloseTo(0.01, 6)
})

it('runs of nearly the same speed get the same number of epochs', () => {
  expect(fitEpochs(300, 10, 100)).toBe(fitEpochs(300, 9, 100))
  expect(fitEpochs(300, 10, 100)).toBeLessThanOrEqual(30)
  expect(fitEpochs(300, 0.001, 100)).toBe(100)
  expect(fitEpochs(1, 60, 100)).toBe(1)
})

const machine = { secondsPerStep: 0.1, secondsPerEvaluation: 0.5 }
const run = { batchSize: 32, mostShown: 400_000 }

it('a plan fits the seconds it was given', () => {
  for (const images of [10, 1000, 5000, 1_000_000]) {
    const { epochs, stepsPerEpoch } = planTraining({ ...run, images, seconds: 120 }, machine)
    expect(epochs).toBeGreaterThanOrEqual(5)
    expect(epochs * (stepsPerEpoch * 0.1 + 0.5)).toBeLessThanOrEqual(120)
  }
})

it('a plan for no time at all still takes a step', () => {
  expect(planTraining({ ...run, images: 1000, seconds: 0 }, machine)).toEqual({ epochs: 1, stepsPerEpoch: 1 })
})

it('a plan changes only when the clock disagrees by a step of it, and not in the second half', () => {
  const clock = { seconds: 300, most: 100 }
  expect(adjustEpochs(24, { ...clock, done: 2, secondsSpent: 23 })).toBe(24)
  expect(adjustEpochs(24, { ...clock, done: 8, secondsSpent: 80 })).toBe(29)
  expect(adjustEpochs(24, { ...clock, done: 2, secondsSpent: 8 })).toBeGreaterThan(60)
  expect(adjustEpochs(24, { ...clock, done: 2, secondsSpent: 60 })).toBeLessThan(12)
  expect(adjustEpochs(24, { ...clock, done: 13, secondsSpent: 60 })).toBe(24)
})
