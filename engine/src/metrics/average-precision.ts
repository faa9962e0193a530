import type { BoundingBox } from '@vesalius/contracts'
import { boxOverlap } from './box-overlap.ts'

/** Boxes of one class in one image. */
export interface ClassBoxes {
  truths: readonly BoundingBox[]
  guesses: readonly { box: BoundingBox; score: number }[]
}

/** IoU thresholds .50, .55 … .95 of COCO. */
export const OVERLAP_THRESHOLDS = Array.from({ length: 10 }, (_, step) => 0.5 + step * ((0.95 - 0.5) / 9))
const MOST_GUESSES = 100
const RECALLS = Array.from({ length: 101 }, (_, step) => step * 0.01)

/** A guess and whether it found a mark that no better guess had. */
export interface MatchedGuess {
  score: number
  isHit: boolean
}

/**
 * Matches the guesses of one image to its marks, best first, each mark once, 100 guesses at most; of the free marks a
 * guess takes the one it overlaps most, at least `threshold`. Source: pycocotools cocoeval.py, evaluateImg.
 */
export function matchBoxes({ truths, guesses }: ClassBoxes, threshold: number): MatchedGuess[] {
  const isTaken = truths.map(() => false)
  return guesses
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_GUESSES)
    .map(({ box, score }) => {
      let most = Math.min(threshold, 1 - 1e-10)
      let found = -1
      truths.forEach((truth, place) => {
        if (isTaken[place]) return
        const overlap = boxOverlap(box, truth)
        if (overlap < most) return
        most = overlap
        found = place
      })
      if (found >= 0) isTaken[found] = true
      return { score, isHit: found >= 0 }
    })
}

/**
 * Average precision of one class over images at one IoU threshold, 0..1; null without marks. Precision is read at 101
 * recalls, each the best at that recall or beyond. Source: pycocotools cocoeval.py, accumulate.
 */
export function averagePrecision(images: readonly ClassBoxes[], threshold: number): number | null {
  const marks = images.reduce((sum, { truths }) => sum + truths.length, 0)
  if (marks === 0) return null
  const guesses = images.flatMap((image) => matchBoxes(image, threshold)).sort((a, b) => b.score - a.score)
  let hits = 0
  const recalls: number[] = []
  const precisions = guesses.map(({ isHit }, place) => {
    if (isHit) hits += 1
    recalls.push(hits / marks)
    return hits / (place + 1 + Number.EPSILON)
  })
  for (let place = precisions.length - 1; place > 0; place -= 1) {
    precisions[place - 1] = Math.max(precisions[place - 1] ?? 0, precisions[place] ?? 0)
  }
  let place = 0
  let total = 0
  for (const recall of RECALLS) {
    while (place < recalls.length && (recalls[place] ?? 0) < recall) place += 1
    total += precisions[place] ?? 0
  }
  return total / RECALLS.length
}
