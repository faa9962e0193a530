import { createRandom } from '../data/random.ts'
import type { AnswerScore, ClassTally } from './score-answer.ts'

/** Less than half a point is no gain: nearly the same network must not pass as a better one by chance. */
export const LEAST_GAIN = 0.005

/** Scores of two models on the same images. */
export interface PairedScore {
  /** Images of one group (a patient, a slide) are drawn together. */
  group: string
  first: AnswerScore
  second: AnswerScore
}

export interface ScoreComparison {
  /** Of each model over all images, 0..1; null where nothing can be scored. */
  first: number | null
  second: number | null
  /** `second` − `first`, and its 95 % interval. */
  difference: number | null
  interval: [number, number] | null
  /** Share of resamples in which the second is better by more than {@link LEAST_GAIN}. */
  shareBetter: number | null
  /** [class] F1 of images or marks, Dice of areas; null where neither anybody nor the model said the class. */
  classes: { first: number | null; second: number | null; marked: number }[]
}

/** What a set of images adds up to. */
interface Sums {
  quality: number
  scored: number
  tallies: ClassTally[]
}

/**
 * Compares two models on the same images by a paired bootstrap over groups: each resample draws whole groups with
 * replacement and takes both models' scores on what was drawn, so that what makes an image hard for both cancels out.
 * Score: mean quality of a classification; otherwise the mean over classes of 2·hit / (said + marked).
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 (clusters) and 13.
 * The same seed gives the same figures.
 */
export function compareScores(
  pairs: readonly PairedScore[],
  { resamples = 2000, seed = 1 }: { resamples?: number; seed?: number } = {},
): ScoreComparison {
  const first = sumGroups(pairs, ({ first }) => first)
  const second = sumGroups(pairs, ({ second }) => second)
  const all = { first: sumUp(first), second: sumUp(second) }
  const figures = { first: scoreOf(all.first), second: scoreOf(all.second) }
  const classes = all.first.tallies.map((tally, place) => ({
    first: overlapOf(tally),
    second: overlapOf(all.second.tallies[place] ?? tally),
    marked: tally.marked,
  }))
  if (figures.first === null || figures.second === null) {
    return { ...figures, difference: null, interval: null, shareBetter: null, classes }
  }
  const random = createRandom(seed)
  const differences = new Float64Array(resamples)
  let better = 0
  for (let resample = 0; resample < resamples; resample += 1) {
    const drawn = first.map(() => Math.floor(random() * first.length))
    const difference = (scoreOf(sumUp(pick(second, drawn))) ?? 0) - (scoreOf(sumUp(pick(first, drawn))) ?? 0)
    differences[resample] = difference
    if (difference > LEAST_GAIN) better += 1
  }
  differences.sort()
  const at = (share: number) => differences[Math.round(share * (resamples - 1))] ?? 0
  return {
    ...figures,
    difference: figures.second - figures.first,
    interval: [at(0.025), at(0.975)],
    shareBetter: better / resamples,
    classes,
  }
}

/** One model's score of one image, 0..1, 1 where there was nothing to say and nothing said. */
export function scoreOfImage(score: AnswerScore): number {
  if (score.quality !== null) return score.quality
  return scoreOf({ quality: 0, scored: 0, tallies: score.tallies }) ?? 1
}

function pick(sums: readonly Sums[], places: readonly number[]): Sums[] {
  return places.map((place) => sums[place] as Sums)
}

function sumGroups(pairs: readonly PairedScore[], of: (pair: PairedScore) => AnswerScore): Sums[] {
  const groups = new Map<string, Sums[]>()
  for (const pair of pairs) {
    const { quality, tallies } = of(pair)
    const sums = { quality: quality ?? 0, scored: quality === null ? 0 : 1, tallies }
    groups.set(pair.group, [...(groups.get(pair.group) ?? []), sums])
  }
  return [...groups.values()].map(sumUp)
}

function sumUp(parts: readonly Sums[]): Sums {
  const count = parts[0]?.tallies.length ?? 0
  const sums: Sums = {
    quality: 0,
    scored: 0,
    tallies: Array.from({ length: count }, () => ({ hit: 0, said: 0, marked: 0 })),
  }
  for (const part of parts) {
    sums.quality += part.quality
    sums.scored += part.scored
    part.tallies.forEach(({ hit, said, marked }, place) => {
      const tally = sums.tallies[place]
      if (!tally) return
      tally.hit += hit
      tally.said += said
      tally.marked += marked
    })
  }
  return sums
}

function scoreOf({ quality, scored, tallies }: Sums): number | null {
  if (scored > 0) return quality / scored
  const overlaps = tallies.map(overlapOf).filter((overlap) => overlap !== null)
  return overlaps.length > 0 ? overlaps.reduce((sum, overlap) => sum + overlap, 0) / overlaps.length : null
}

function overlapOf({ hit, said, marked }: ClassTally): number | null {
  return said + marked > 0 ? (2 * hit) / (said + marked) : null
}
