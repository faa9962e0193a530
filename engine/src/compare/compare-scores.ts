import { createRandom } from '../data/random.ts'
import type { AnswerScore } from './score-answer.ts'

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

/**
 * Compares two models on the same images by a paired bootstrap over groups: each resample draws whole groups with
 * replacement and takes both models' scores on what was drawn, so that what makes an image hard for both cancels out.
 * Score: of a classification the mean quality at the one temperature that fits the model best, so that it can neither win by
 * doubting more nor lose by boasting, only by what it tells apart; otherwise the mean over classes of 2·hit / (said + marked).
 * That temperature is chosen anew in each resample: chosen once, it would make a handful of images look like sure proof.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 (clusters) and 13.
 * The same seed gives the same figures.
 */
export function compareScores(
  pairs: readonly PairedScore[],
  { resamples = 2000, seed = 1 }: { resamples?: number; seed?: number } = {},
): ScoreComparison {
  const first = readSums(pairs, ({ first }) => first)
  const second = readSums(pairs, ({ second }) => second)
  const groups = groupsOf(pairs)
  const once = new Uint32Array(groups.count).fill(1)
  const all = { first: addUp(first, groups, once), second: addUp(second, groups, once) }
  const figures = { first: scoreOf(first, all.first), second: scoreOf(second, all.second) }
  const classes = Array.from({ length: first.classes }, (_, place) => ({
    first: overlapOf(first, all.first, place),
    second: overlapOf(second, all.second, place),
    marked: all.first[first.temperatures + 1 + place * 3 + 2] ?? 0,
  }))
  if (figures.first === null || figures.second === null) {
    return { ...figures, difference: null, interval: null, shareBetter: null, classes }
  }
  const random = createRandom(seed)
  const differences = new Float64Array(resamples)
  let better = 0
  for (let resample = 0; resample < resamples; resample += 1) {
    const times = new Uint32Array(groups.count)
    for (let draw = 0; draw < groups.count; draw += 1) {
      const place = Math.floor(random() * groups.count)
      times[place] = (times[place] ?? 0) + 1
    }
    const scores = [first, second].map((sums) => scoreOf(sums, addUp(sums, groups, times)) ?? 0)
    const difference = (scores[1] ?? 0) - (scores[0] ?? 0)
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
  const sums = readSums([score], (only) => only)
  return scoreOf(sums, sums.rows) ?? 1
}

/** What each image adds, as one row of numbers: qualities by temperature, whether it has them, then three of each class. */
interface Sums {
  temperatures: number
  classes: number
  width: number
  /** [image][width] */
  rows: Float64Array
}

function readSums<Item>(items: readonly Item[], of: (item: Item) => AnswerScore): Sums {
  const scores = items.map(of)
  const qualities = scores.map(({ quality, tempered }) => (quality === null ? null : (tempered ?? [quality])))
  const temperatures = qualities.find((row) => row !== null)?.length ?? 0
  const classes = scores[0]?.tallies.length ?? 0
  const width = temperatures + 1 + classes * 3
  const rows = new Float64Array(scores.length * width)
  scores.forEach(({ tallies }, image) => {
    const row = rows.subarray(image * width, (image + 1) * width)
    row.set(qualities[image] ?? [])
    row[temperatures] = qualities[image] ? 1 : 0
    tallies.forEach(({ hit, said, marked }, place) => {
      row.set([hit, said, marked], temperatures + 1 + place * 3)
    })
  })
  return { temperatures, classes, width, rows }
}

interface Groups {
  count: number
  /** [image] */
  places: Uint32Array
}

function groupsOf(pairs: readonly PairedScore[]): Groups {
  const known = new Map<string, number>()
  const places = Uint32Array.from(pairs, ({ group }) => {
    const place = known.get(group) ?? known.size
    known.set(group, place)
    return place
  })
  return { count: known.size, places }
}

/** The rows together, each as often as its group was drawn. */
function addUp({ rows, width }: Sums, { places }: Groups, times: Uint32Array): Float64Array {
  const total = new Float64Array(width)
  for (let image = 0; image < places.length; image += 1) {
    const often = times[places[image] ?? 0] ?? 0
    if (often === 0) continue
    const start = image * width
    for (let at = 0; at < width; at += 1) total[at] = (total[at] ?? 0) + often * (rows[start + at] ?? 0)
  }
  return total
}

function scoreOf(sums: Sums, total: Float64Array): number | null {
  const scored = total[sums.temperatures] ?? 0
  if (scored > 0) return Math.max(...total.subarray(0, sums.temperatures)) / scored
  const overlaps = Array.from({ length: sums.classes }, (_, place) => overlapOf(sums, total, place))
  const known = overlaps.filter((overlap) => overlap !== null)
  return known.length > 0 ? known.reduce((sum, overlap) => sum + overlap, 0) / known.length : null
}

function overlapOf({ temperatures }: Sums, total: Float64Array, place: number): number | null {
  const at = temperatures + 1 + place * 3
  const [hit = 0, said = 0, marked = 0] = total.subarray(at, at + 3)
  return said + marked > 0 ? (2 * hit) / (said + marked) : null
}
