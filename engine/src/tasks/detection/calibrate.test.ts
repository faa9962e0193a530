import { expect, it } from 'vitest'
import { createRandom } from '../../data/random.ts'
import type { JudgedImage } from '../../metrics/detection.ts'
import { calibrate, fitCalibrations } from './calibrate.ts'

it('finds what probability a heat means, from boxes that are right as often as they should be', () => {
  const random = createRandom(6)
  const images = Array.from({ length: 800 }, (): JudgedImage => {
    const score = 0.02 + 0.6 * random()
    // A heat of .2 is right in half the cases, .1 in 31 %, .4 in 73 %.
    const isHit = random() < 1 / (1 + Math.exp(-(Math.log(score / (1 - score)) + Math.log(4))))
    const box: JudgedImage['truths'][number]['box'] = [0, 0, 10, 10]
    return { truths: isHit ? [{ box, class: 0 }] : [], guesses: [{ box, class: 0, score }] }
  })
  const [fitted] = fitCalibrations(images, 1)
  // 800 draws leave an error of a few percent.
  expect(calibrate(0.2, fitted!)).toBeCloseTo(0.5, 1)
  expect(calibrate(0.4, fitted!)).toBeCloseTo(0.73, 1)
  expect(fitted!.threshold).toBeLessThan(0.55)
})

it('takes the heat as it is when there is little to learn from', () => {
  const [unknown] = fitCalibrations([], 1)
  expect(calibrate(0.3, unknown!)).toBeCloseTo(0.3, 9)
})
