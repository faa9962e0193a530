import type { DetectionMetrics } from '@vesalius/contracts'
import { averagePrecision, type ClassBoxes, matchBoxes, OVERLAP_THRESHOLDS } from './average-precision.ts'

/** Marks of one image, and what a model found there; classes are indices. */
export interface JudgedImage {
  truths: readonly { box: ClassBoxes['truths'][number]; class: number }[]
  guesses: readonly { box: ClassBoxes['truths'][number]; class: number; score: number }[]
}

/**
 * COCO's mean average precision over classes that have marks, all areas, 100 guesses for each image and class.
 * `map50` at IoU .5, `map` the mean over .50, .55 … .95; 0..1, null without any mark.
 */
export function meanAveragePrecision(images: readonly JudgedImage[], classCount: number) {
  const perClass = Array.from({ length: classCount }, (_, place) => {
    const boxes = boxesOf(images, place)
    const values = OVERLAP_THRESHOLDS.map((threshold) => averagePrecision(boxes, threshold))
    return { ap50: values[0] ?? null, ap: meanOf(values) }
  })
  return {
    map50: meanOf(perClass.map(({ ap50 }) => ap50)),
    map: meanOf(perClass.map(({ ap }) => ap)),
    perClass,
  }
}

/** All figures of a detection; `thresholds`: by class, the score from which on a guess counts for the rates. */
export function measureDetection(
  classes: readonly string[],
  images: readonly JudgedImage[],
  thresholds: readonly number[],
): DetectionMetrics {
  const { perClass, ...means } = meanAveragePrecision(images, classes.length)
  return {
    kind: 'detection',
    images: images.length,
    boxes: images.reduce((sum, { truths }) => sum + truths.length, 0),
    ...means,
    perClass: perClass.map(({ ap50 }, place) => {
      const threshold = thresholds[place] ?? 0
      return { name: classes[place] ?? '', ap50, threshold, ...detectionRates(images, place, threshold) }
    }),
  }
}

/** Boxes of one class, image by image. */
export function boxesOf(images: readonly JudgedImage[], place: number): ClassBoxes[] {
  return images.map(({ truths, guesses }) => ({
    truths: truths.filter((mark) => mark.class === place).map(({ box }) => box),
    guesses: guesses.filter((mark) => mark.class === place),
  }))
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Precision, recall and F1 of one class at IoU .5 when guesses of at least `threshold` count; null: nothing to count. */
export function detectionRates(images: readonly JudgedImage[], place: number, threshold: number) {
  let marks = 0
  let guesses = 0
  let hits = 0
  for (const image of boxesOf(images, place)) {
    const counted = image.guesses.filter(({ score }) => score >= threshold)
    const matched = matchBoxes({ ...image, guesses: counted }, 0.5)
    marks += image.truths.length
    guesses += matched.length
    hits += matched.filter(({ isHit }) => isHit).length
  }
  return {
    support: marks,
    precision: guesses > 0 ? hits / guesses : null,
    recall: marks > 0 ? hits / marks : null,
    f1: marks + guesses > 0 ? (2 * hits) / (marks + guesses) : null,
  }
}
