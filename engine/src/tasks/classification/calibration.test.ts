import { expect, it } from 'vitest'
import { createRandom } from '../../data/random.ts'
import { balancedWeights, calibratedLoss, fitTemperature, softmax } from './calibration.ts'

it('finds the temperature that the logits were sharpened by', () => {
  const random = createRandom(3)
  const logits: number[][] = []
  const truths: number[] = []
  for (let image = 0; image < 4000; image += 1) {
    const honest = (random() - 0.5) * 6
    truths.push(random() < 1 / (1 + Math.exp(-honest)) ? 1 : 0)
    logits.push([0, honest * 3])
  }
  const temperature = fitTemperature(
    logits,
    truths,
    truths.map(() => 1),
  )
  // 4000 draws leave a few percent of uncertainty.
  expect(temperature).toBeGreaterThan(2.7)
  expect(temperature).toBeLessThan(3.3)
})

it('leaves the logits alone when there are too few images to learn from', () => {
  expect(fitTemperature([[0, 9]], [0], [1])).toBe(1)
})

it('counts every class the same', () => {
  const truths = [0, 0, 0, 1]
  const weights = balancedWeights(truths)
  expect(weights).toEqual([2 / 3, 2 / 3, 2 / 3, 2])
  const logits = [
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
  ]
  const expected = (Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.exp(2))) / 2
  expect(calibratedLoss(logits, truths, weights, 1)).toBeCloseTo(expected, 12)
})

it('softmax sums to 1 for logits of any size', () => {
  expect(softmax([1000, 1000])).toEqual([0.5, 0.5])
  expect(softmax([0, Math.log(3)])[1]).toBeCloseTo(0.75, 12)
})
