/** Pixels of one class by what a model said about them: counts over the logit of its probability. */
export interface PixelHistogram {
  positive: Float64Array
  negative: Float64Array
}

const LIMIT = 16
const BINS = 8192

export function openHistogram(): PixelHistogram {
  return { positive: new Float64Array(BINS), negative: new Float64Array(BINS) }
}

/** The bin of a probability 0..1; a logit beyond ±16 counts as ±16, and what is no number as a probability of 0. */
function binOf(probability: number): number {
  const logit = Math.log(probability / (1 - probability))
  const place = Math.floor(((logit + LIMIT) / (2 * LIMIT)) * BINS)
  return place >= 0 ? Math.min(BINS - 1, place) : 0
}

/** The logit in the middle of a bin. */
export function logitOf(bin: number): number {
  return ((bin + 0.5) / BINS) * 2 * LIMIT - LIMIT
}

export function countPixel(histogram: PixelHistogram, probability: number, isPositive: boolean): void {
  const bin = binOf(probability)
  const side = isPositive ? histogram.positive : histogram.negative
  side[bin] = (side[bin] as number) + 1
}

/** Area under the ROC curve over pixels, those of one bin as ties; null when one side is empty. */
export function pixelAuroc({ positive, negative }: PixelHistogram): number | null {
  let below = 0
  let ranked = 0
  let positives = 0
  positive.forEach((count, bin) => {
    const others = negative[bin] as number
    ranked += count * (below + others / 2)
    below += others
    positives += count
  })
  return positives > 0 && below > 0 ? ranked / (positives * below) : null
}

/**
 * The logit from which on pixels are called positive so that Dice over all of them is best, and that Dice; null when no
 * pixel is positive.
 */
export function bestThreshold({ positive, negative }: PixelHistogram): { logit: number; dice: number } | null {
  const marked = positive.reduce((sum, count) => sum + count, 0)
  if (marked === 0) return null
  let best = { logit: 0, dice: 0 }
  let hits = 0
  let called = 0
  for (let bin = BINS - 1; bin >= 0; bin -= 1) {
    hits += positive[bin] as number
    called += (positive[bin] as number) + (negative[bin] as number)
    const dice = (2 * hits) / (called + marked)
    if (dice > best.dice) best = { logit: (bin / BINS) * 2 * LIMIT - LIMIT, dice }
  }
  return best
}
