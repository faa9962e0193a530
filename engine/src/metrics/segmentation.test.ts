import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { areaUnderRoc } from './auroc.ts'
import { measureSegmentation, openTally, tallyMasks } from './segmentation.ts'
import { squaredDistances } from './segmentation-distance.ts'
import { hausdorff95 } from './segmentation-hausdorff.ts'
import { bestThreshold, countPixel, openHistogram, pixelAuroc } from './segmentation-histogram.ts'
import { emptyTally, instancePrecision, tallyInstances } from './segmentation-instances.ts'

interface Golden {
  width: number
  height: number
  guess: number[]
  truth: number[]
  dice: number
  iou: number
  hd95: number
  distances: number[]
  precisions: [number, number, number]
}

/** Made by goldens/segmentation.py with SciPy. */
const goldens: Golden[] = JSON.parse(
  readFileSync(new URL('./goldens/segmentation.json', import.meta.url), 'utf8'),
) as Golden[]

describe.each(goldens)('figures of $width × $height pixels', (golden) => {
  const { width, height, guess, truth } = golden
  const [predictions, truths] = [[Uint8Array.from(guess)], [Uint8Array.from(truth)]]

  it('Dice, IoU and HD95 are those of SciPy', () => {
    const tally = openTally(1)
    tallyMasks(tally, { width, height, pixelSize: 1, predictions, truths })
    const metrics = measureSegmentation(['cell'], tally, { auroc: null, instances: null })
    expect(metrics.dice).toBeCloseTo(golden.dice, 12)
    expect(metrics.iou).toBeCloseTo(golden.iou, 12)
    expect(metrics.hd95).toBeCloseTo(golden.hd95, 9)
    expect(hausdorff95(truth, guess, width, height)).toBeCloseTo(golden.hd95, 9)
  })

  it('distances are those of SciPy', () => {
    const distances = squaredDistances(truth, width, height)
    golden.distances.forEach((distance, at) => {
      expect(Math.sqrt(distances[at]!)).toBeCloseTo(distance, 5)
    })
  })

  it('instances match as the best assignment does', () => {
    const tally = emptyTally()
    tallyInstances(tally, guess, truth)
    const precisions = [0.5, 0.7, 0.9].map((threshold) => instancePrecision(tally, threshold)!)
    precisions.forEach((precision, at) => {
      expect(precision).toBeCloseTo(golden.precisions[at]!, 12)
    })
  })
})

it('says nothing where nobody and no model marked anything', () => {
  const tally = openTally(2)
  const empty = new Uint8Array(6)
  const truths = [empty, Uint8Array.of(0, 1, 1, 0, 0, 0)]
  tallyMasks(tally, { width: 3, height: 2, pixelSize: 1, predictions: [empty, empty], truths })
  const metrics = measureSegmentation(['a', 'b'], tally, { auroc: null, instances: emptyTally() })
  expect(metrics.perClass.map(({ dice }) => dice)).toEqual([null, 0])
  expect(metrics).toMatchObject({ dice: 0, hd95: null, ap50: null })
})

it('ranks pixels as an exact ROC does, and finds the best threshold', () => {
  const probabilities = Array.from({ length: 500 }, (_, at) => 0.5 + 0.49 * Math.sin(at * 12.9898))
  const marks = probabilities.map((p, at) => Math.sin(at * 78.233) * 0.6 + p > 0.6)
  const histogram = openHistogram()
  probabilities.forEach((p, at) => {
    countPixel(histogram, p, marks[at]!)
  })
  expect(pixelAuroc(histogram)).toBeCloseTo(areaUnderRoc(probabilities, marks)!, 3)
  const diceAt = (threshold: number) => {
    const called = probabilities.map((p) => p >= threshold)
    const shared = called.filter((isCalled, at) => isCalled && marks[at]).length
    return (2 * shared) / (called.filter(Boolean).length + marks.filter(Boolean).length)
  }
  const best = Math.max(...probabilities.map(diceAt))
  expect(bestThreshold(histogram)!.dice).toBeCloseTo(best, 2)
})

it('counts pixels whose probability is no number as certainly not', () => {
  const histogram = openHistogram()
  for (const [p, isPositive] of [
    [Number.NaN, false],
    [0, false],
    [1, true],
  ] as const) {
    countPixel(histogram, p, isPositive)
  }
  expect(pixelAuroc(histogram)).toBe(1)
  expect(pixelAuroc(openHistogram())).toBeNull()
})
