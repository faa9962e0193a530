import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { areaUnderRoc } from './auroc.ts'
import { bootstrapInterval } from './bootstrap.ts'
import { expectedCalibrationError } from './calibration-error.ts'
import { measureClassification } from './classification.ts'

/** Computed by scikit-learn; goldens/classification.py made the file. */
const golden = JSON.parse(readFileSync(new URL('./goldens/classification.json', import.meta.url), 'utf8'))

describe('classification metrics', () => {
  const metrics = measureClassification(['a', 'b', 'c'], golden.truths, golden.probabilities)

  it('agree with scikit-learn on three classes with ties', () => {
    expect(metrics.accuracy).toBeCloseTo(golden.accuracy, 12)
    expect(metrics.balancedAccuracy).toBeCloseTo(golden.balancedAccuracy, 12)
    expect(metrics.auroc).toBeCloseTo((golden.auroc[0] + golden.auroc[1] + golden.auroc[2]) / 3, 12)
    expect(metrics.ece).toBeCloseTo(golden.ece, 12)
    expect(metrics.loss).toBeCloseTo(golden.loss, 12)
    expect(metrics.confusion).toEqual(golden.confusion)
    metrics.perClass.forEach((figures, index) => {
      expect(figures.precision).toBeCloseTo(golden.precision[index], 12)
      expect(figures.recall).toBeCloseTo(golden.recall[index], 12)
      expect(figures.f1).toBeCloseTo(golden.f1[index], 12)
      expect(figures.auroc).toBeCloseTo(golden.auroc[index], 12)
      expect(figures.support).toBe(golden.support[index])
    })
  })

  it('take the AUROC of class 1 when there are two classes', () => {
    const probabilities = [0.1, 0.4, 0.35, 0.8].map((positive) => [1 - positive, positive])
    expect(measureClassification(['no', 'yes'], [0, 0, 1, 1], probabilities).auroc).toBe(0.75)
  })

  it('leave unknown what cannot be known', () => {
    const metrics = measureClassification(
      ['no', 'yes'],
      [0, 0],
      [
        [0.9, 0.1],
        [0.8, 0.2],
      ],
    )
    expect(metrics.auroc).toBeNull()
    expect(metrics.perClass[1]).toMatchObject({ support: 0, precision: null, recall: null, f1: null })
    expect(measureClassification(['no', 'yes'], [], []).accuracy).toBeNull()
  })

  it('refuse a class that does not exist', () => {
    expect(() => measureClassification(['no', 'yes'], [2], [[0.5, 0.5]])).toThrow(RangeError)
  })
})

it('AUROC counts ties as half', () => {
  expect(areaUnderRoc([0.5, 0.5, 0.5, 0.5], [true, false, true, false])).toBe(0.5)
  expect(areaUnderRoc([0.2, 0.5, 0.5, 0.9], [false, false, true, true])).toBe(0.875)
})

it('calibration error is the distance between confidence and accuracy', () => {
  expect(expectedCalibrationError([0.9, 0.9, 0.9, 0.9], [true, true, true, false])).toBeCloseTo(0.15, 12)
  expect(expectedCalibrationError([], [])).toBeNull()
})

it('the bootstrap interval holds the share, narrows with more images and repeats itself', () => {
  const correct = (count: number) => Array.from({ length: count }, (_, index) => index % 5 !== 0)
  const [low, high] = bootstrapInterval(correct(100))!
  expect(low).toBeLessThan(0.8)
  expect(high).toBeGreaterThan(0.8)
  // The normal approximation gives 0.8 ± 1.96 · sqrt(0.16 / 100); the tolerance covers 1000 resamples.
  expect(low).toBeCloseTo(0.8 - 0.0784, 1)
  expect(high).toBeCloseTo(0.8 + 0.0784, 1)
  const [lowMany, highMany] = bootstrapInterval(correct(2000))!
  expect(highMany - lowMany).toBeLessThan((high - low) / 3)
  expect(bootstrapInterval(correct(100))).toEqual([low, high])
  expect(bootstrapInterval([])).toBeNull()
})
