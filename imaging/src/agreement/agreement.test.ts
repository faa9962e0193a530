import { readFileSync } from 'node:fs'
import { encodeRle, type LabelData } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { bootstrapImages } from './bootstrap-images.ts'
import { compareMarks, diceOf, f1Of, iouOf } from './compare-marks.ts'
import { scoreGold } from './gold-score.ts'
import { cohenKappa, fleissKappa } from './kappa.ts'
import { agreementOf } from './study-agreement.ts'

/** Made by `goldens/agreement.py` with scikit-learn, statsmodels and SciPy. */
interface Goldens {
  kappa: {
    classes: number
    answers: number[][]
    pairs: { kappa: number; agreement: number; perClass: number[] }[]
    fleiss: number
    fleissPerClass: number[]
  }[]
  masks: { size: [number, number]; images: { a: number[]; b: number[]; dice: number; iou: number }[] }
  boxes: { a: number[][]; b: number[][]; f1: number; meanIou: number | null }[]
}
const goldens = JSON.parse(readFileSync(new URL('./goldens/agreement.json', import.meta.url), 'utf8')) as Goldens
/** Sums of some hundred doubles in another order. */
const DIGITS = 10

const answer = (classes: number, value: number) =>
  ({
    key: Array.from({ length: classes }, (_, at) => `c${at}`),
    weight: new Array(classes).fill(0),
    value,
  }) as LabelData
const boxes = (list: number[][]) =>
  ({ key: ['a'], boxes: list.map((box, at) => ({ id: `${at}`, class: 0, box })) }) as unknown as LabelData

describe('agreement', () => {
  it.each(goldens.kappa.map((golden, at) => [at, golden] as const))(
    "Cohen's and Fleiss' kappa are those of scikit-learn and statsmodels, case %i",
    (_, { classes, answers, pairs, fleiss, fleissPerClass }) => {
      const images = (answers[0] ?? []).map((_value, image) => ({
        labels: answers.map((ofReader) => answer(classes, ofReader[image] ?? 0)),
      }))
      const found = agreementOf(images, answers.length, 1003, classes)
      pairs.forEach((pair, at) => {
        expect(found.pairs[at]?.value).toBeCloseTo(pair.kappa, DIGITS)
        expect(found.pairs[at]?.beside).toBeCloseTo(pair.agreement, DIGITS)
        pair.perClass.forEach((kappa, index) => {
          expect(found.pairs[at]?.perClass[index]?.value).toBeCloseTo(kappa, DIGITS)
        })
      })
      expect(found.fleiss?.value).toBeCloseTo(fleiss, DIGITS)
      fleissPerClass.forEach((kappa, index) => {
        expect(found.fleiss?.perClass[index]?.value).toBeCloseTo(kappa, DIGITS)
      })
      const [low, high] = found.fleiss?.interval ?? [1, 0]
      expect(low).toBeLessThan(fleiss)
      expect(high).toBeGreaterThan(fleiss)
    },
  )

  it('Dice and IoU of masks are those of scikit-learn', () => {
    const { size, images } = goldens.masks
    const mask = (pixels: number[]) =>
      ({ key: ['a'], size, masks: [{ id: 'm', class: 0, rle: encodeRle(pixels, size) }] }) as LabelData
    for (const { a, b, dice, iou } of images) {
      const [overlap] = compareMarks(mask(a), mask(b), 1)
      expect(diceOf(overlap!)).toBeCloseTo(dice, DIGITS)
      expect(iouOf(overlap!)).toBeCloseTo(iou, DIGITS)
    }
    const mean = images.reduce((total, { dice }) => total + dice, 0) / images.length
    const found = agreementOf(
      images.map(({ a, b }) => ({ labels: [mask(a), mask(b)] })),
      2,
      3001,
      1,
    )
    expect(found.pairs[0]?.value).toBeCloseTo(mean, DIGITS)
  })

  it("matched boxes are those of SciPy's best assignment", () => {
    for (const { a, b, f1, meanIou } of goldens.boxes) {
      const [overlap] = compareMarks(boxes(a), boxes(b), 1)
      expect(f1Of(overlap!)).toBeCloseTo(f1, DIGITS)
      if (meanIou !== null) expect(overlap!.overlaps / overlap!.matched).toBeCloseTo(meanIou, DIGITS)
    }
  })

  it('is not defined where nobody ever chose anything else, and complete where all say the same', () => {
    expect(
      cohenKappa([
        [5, 0],
        [0, 0],
      ]),
    ).toBeNull()
    expect(
      fleissKappa([
        [3, 0],
        [3, 0],
      ]),
    ).toBeNull()
    expect(
      cohenKappa([
        [3, 0],
        [0, 2],
      ]),
    ).toBe(1)
    const nothing = { labels: [boxes([]), boxes([])] }
    expect(agreementOf([nothing], 2, 2000, 1)).toMatchObject({ scores: [1], pairs: [{ value: null }] })
  })

  it('takes readers who did not read an image as absent, and finds the images they differ on', () => {
    const found = agreementOf(
      [
        { labels: [answer(2, 0), answer(2, 0), null] },
        { labels: [answer(2, 0), answer(2, 1), answer(2, 0)] },
        { labels: [null, null, answer(2, 1)] },
      ],
      3,
      1003,
      2,
    )
    expect(found.images).toBe(2)
    expect(found.scores).toEqual([1, 1 / 3, null])
    expect(found.pairs.map(({ images }) => images)).toEqual([2, 1, 1])
    expect(found.fleiss?.images).toBe(1)
  })

  it('scores answers against references: accuracy per class of the reference', () => {
    const pair = (given: number, truth: number) => ({ answer: answer(2, given), reference: answer(2, truth) })
    const score = scoreGold([pair(0, 0), pair(1, 0), pair(1, 1)], 1003, 2)
    expect(score.value).toBeCloseTo(2 / 3, DIGITS)
    expect(score.perClass).toEqual([
      { class: 0, value: 0.5, images: 2 },
      { class: 1, value: 1, images: 1 },
    ])
  })

  it('gives the same interval for the same seed', () => {
    const mean = (indices: Int32Array) => indices.reduce((total, index) => total + index, 0) / indices.length
    expect(bootstrapImages(50, mean)).toEqual(bootstrapImages(50, mean))
    expect(bootstrapImages(1, mean)).toBeNull()
  })
})
