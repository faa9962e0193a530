import { matchBoxes } from '../../metrics/average-precision.ts'
import { boxesOf, detectionRates, type JudgedImage } from '../../metrics/detection.ts'
import type { ScoredMark } from './mark.ts'
import type { Calibration } from './model-card.ts'

const UNKNOWN: Calibration = { slope: 1, offset: 0, threshold: 0.3 }
/** Fewer guesses than this, right or wrong, are too few to learn two numbers from. */
const FEWEST = 10
const STEPS = 50

/** σ(slope · logit(heat) + offset) */
export function calibrate(heat: number, { slope, offset }: Calibration): number {
  return sigmoid(slope * logit(heat) + offset)
}

/** The same boxes with probabilities as scores; a class keeps its order. */
export function calibrateMarks(marks: readonly ScoredMark[], calibrations: readonly Calibration[]): ScoredMark[] {
  return marks.map((mark) => ({ ...mark, score: calibrate(mark.score, calibrations[mark.class] ?? UNKNOWN) }))
}

/**
 * Learns from held-out images, class by class, how probable it is that a box of some heat is right at IoU .5, and from
 * which probability on boxes give the best F1. Source: Platt, Probabilistic Outputs, 1999, with his smoothed targets.
 */
export function fitCalibrations(images: readonly JudgedImage[], classCount: number): Calibration[] {
  return Array.from({ length: classCount }, (_, place) => {
    const guesses = boxesOf(images, place).flatMap((image) => matchBoxes(image, 0.5))
    const hits = guesses.filter(({ isHit }) => isHit).length
    if (hits < FEWEST || guesses.length - hits < FEWEST) return UNKNOWN
    const fitted = fitPlatt(
      guesses.map(({ score }) => logit(score)),
      guesses.map(({ isHit }) => isHit),
    )
    return { ...fitted, threshold: bestThreshold(images, place, { ...fitted, threshold: 0 }) }
  })
}

/** Newton's method on the cross entropy of smoothed targets; a slope that is not positive says nothing and becomes 1. */
function fitPlatt(logits: readonly number[], isHit: readonly boolean[]): { slope: number; offset: number } {
  const hits = isHit.filter(Boolean).length
  const high = (hits + 1) / (hits + 2)
  const low = 1 / (isHit.length - hits + 2)
  let slope = 1
  let offset = 0
  for (let step = 0; step < STEPS; step += 1) {
    let [gradientA, gradientB, aa, ab, bb] = [0, 0, 1e-6, 0, 1e-6]
    logits.forEach((x, index) => {
      const p = sigmoid(slope * x + offset)
      const error = p - (isHit[index] ? high : low)
      const weight = Math.max(1e-9, p * (1 - p))
      gradientA += error * x
      gradientB += error
      aa += weight * x * x
      ab += weight * x
      bb += weight
    })
    const determinant = aa * bb - ab * ab
    const moveA = (bb * gradientA - ab * gradientB) / determinant
    const moveB = (aa * gradientB - ab * gradientA) / determinant
    const caution = Math.min(1, 1 / Math.max(Math.abs(moveA), Math.abs(moveB) / 2, 1e-9))
    slope -= moveA * caution
    offset -= moveB * caution
    if (Math.abs(moveA) + Math.abs(moveB) < 1e-6) break
  }
  return slope > 0.05 && Number.isFinite(offset) ? { slope, offset } : { slope: 1, offset: 0 }
}

function bestThreshold(images: readonly JudgedImage[], place: number, calibration: Calibration): number {
  const candidates = Array.from({ length: 18 }, (_, step) => (10 + 4 * step) / 100)
  const calibrated = images.map((image) => ({
    ...image,
    guesses: image.guesses
      .filter((guess) => guess.class === place)
      .map((guess) => ({ ...guess, score: calibrate(guess.score, calibration) })),
  }))
  const scored = candidates.map((threshold) => ({
    threshold,
    f1: detectionRates(calibrated, place, threshold).f1 ?? 0,
  }))
  return scored.reduce((best, candidate) => (candidate.f1 > best.f1 ? candidate : best)).threshold
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

function logit(probability: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, probability))
  return Math.log(bounded / (1 - bounded))
}
