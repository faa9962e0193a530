import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { averagePrecision, OVERLAP_THRESHOLDS } from './average-precision.ts'
import { boxesOf, detectionRates, type JudgedImage, meanAveragePrecision, measureDetection } from './detection.ts'

interface Golden {
  classCount: number
  images: JudgedImage[]
  map: number
  map50: number
  /** [class][threshold] */
  ap: (number | null)[][]
}
const golden: Golden = JSON.parse(readFileSync(new URL('./goldens/detection.json', import.meta.url), 'utf8'))

describe('mean average precision', () => {
  it('is what pycocotools finds, over all and for each class and threshold', () => {
    const found = meanAveragePrecision(golden.images, golden.classCount)
    expect(found.map).toBeCloseTo(golden.map, 12)
    expect(found.map50).toBeCloseTo(golden.map50, 12)
    golden.ap.forEach((row, place) => {
      const boxes = boxesOf(golden.images, place)
      OVERLAP_THRESHOLDS.forEach((threshold, at) => {
        const value = averagePrecision(boxes, threshold)
        if (row[at] == null) expect(value).toBeNull()
        else expect(value).toBeCloseTo(row[at], 12)
      })
    })
  })

  it('is unknown without any mark', () => {
    const images: JudgedImage[] = [{ truths: [], guesses: [{ box: [0, 0, 5, 5], class: 0, score: 0.9 }] }]
    expect(meanAveragePrecision(images, 2)).toMatchObject({ map50: null, map: null })
  })
})

describe('rates at a threshold', () => {
  const images: JudgedImage[] = [
    {
      truths: [
        { box: [0, 0, 10, 10], class: 0 },
        { box: [50, 50, 10, 10], class: 0 },
      ],
      guesses: [
        { box: [1, 0, 10, 10], class: 0, score: 0.9 },
        { box: [0, 0, 10, 10], class: 0, score: 0.8 },
        { box: [80, 80, 10, 10], class: 0, score: 0.2 },
      ],
    },
  ]

  it('count a mark found twice once, and only guesses of the threshold', () => {
    expect(detectionRates(images, 0, 0.5)).toEqual({ support: 2, precision: 1 / 2, recall: 1 / 2, f1: 1 / 2 })
    expect(detectionRates(images, 0, 0.1).precision).toBe(1 / 3)
  })

  it('stand beside the means in the figures of a model', () => {
    const metrics = measureDetection(['cell', 'clot'], images, [0.5, 0.5])
    expect(metrics).toMatchObject({ kind: 'detection', images: 1, boxes: 2 })
    expect(metrics.perClass[1]).toMatchObject({ name: 'clot', ap50: null, support: 0, precision: null, recall: null })
  })
})
