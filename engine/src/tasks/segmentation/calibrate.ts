import { bestThreshold, logitOf, type PixelHistogram } from '../../metrics/segmentation-histogram.ts'
import type { Calibration } from './model-card.ts'

const UNTOUCHED: Calibration = { slope: 1, offset: 0, threshold: 0.5 }
const ROUNDS = 40
/** Keeps the slope small where a line separates both sides. */
const RIDGE = 1e-3

/**
 * What the network's maps mean on held-out pixels: probabilities by logistic regression on the logit, and the threshold
 * of best Dice. Unchanged when one side is missing.
 * Source: Platt, Probabilistic Outputs for Support Vector Machines, 1999, by Newton's method.
 */
export function fitCalibration(histogram: PixelHistogram): Calibration {
  const best = bestThreshold(histogram)
  const negatives = histogram.negative.reduce((sum, count) => sum + count, 0)
  if (!best || negatives === 0) return UNTOUCHED
  const { slope, offset } = fitLine(histogram)
  return { slope, offset, threshold: sigmoid(slope * best.logit + offset) }
}

function fitLine({ positive, negative }: PixelHistogram): { slope: number; offset: number } {
  const total = positive.reduce((sum, count, bin) => sum + count + (negative[bin] as number), 0)
  let slope = 1
  let offset = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    let [pullSlope, pullOffset] = [RIDGE * (slope - 1), RIDGE * offset]
    let [a, b, c] = [RIDGE, 0, RIDGE]
    positive.forEach((hits, bin) => {
      const count = (hits + (negative[bin] as number)) / total
      if (count === 0) return
      const logit = logitOf(bin)
      const p = sigmoid(slope * logit + offset)
      const gap = count * p - hits / total
      const bend = count * p * (1 - p)
      pullSlope += gap * logit
      pullOffset += gap
      a += bend * logit * logit
      b += bend * logit
      c += bend
    })
    const determinant = a * c - b * b
    slope = Math.min(10, Math.max(0.05, slope - (c * pullSlope - b * pullOffset) / determinant))
    offset = Math.min(10, Math.max(-10, offset - (a * pullOffset - b * pullSlope) / determinant))
  }
  return { slope, offset }
}

/** [byte]: the calibrated probability of a map's byte, 255 is 1. */
export function probabilityTable({ slope, offset }: Calibration): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => {
    const share = Math.min(1 - 1e-4, Math.max(1e-4, byte / 255))
    return sigmoid(slope * Math.log(share / (1 - share)) + offset)
  })
}

/** The smallest byte of a map that belongs to the region, 1..255. */
export function regionLevel({ slope, offset, threshold }: Calibration): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, threshold))
  const logit = (Math.log(bounded / (1 - bounded)) - offset) / slope
  return Math.min(255, Math.max(1, Math.round(sigmoid(logit) * 255)))
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}
