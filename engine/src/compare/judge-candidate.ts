import type { Gate, GateReason } from '@vesalius/contracts'
import type { ScoreComparison } from './compare-scores.ts'

/** However often it was tried, no surer than this share of the doubt that the settings allow. */
const MOST_TRIES = 100
/** Least share of resamples in which a candidate beats an answer that looks at no image. */
const LEAST_SKILLED = 0.8

/**
 * Whether a candidate may take the place of the model in service, and why not: its score is better in enough resamples,
 * and what it gets right, in the mean over classes, is no less. `first` of the comparison is the model in service,
 * `second` the candidate, `images` how many held-out images both were asked about. `shareSkilled`: in which share of
 * resamples the candidate beats an answer that looks at no image; null where there is no such answer. `tries`: how many
 * candidates were measured against this model, this one included.
 */
export function judgeCandidate(
  comparison: ScoreComparison,
  {
    images,
    gate,
    shareSkilled = null,
    tries = 1,
  }: { images: number; gate: Gate; shareSkilled?: number | null; tries?: number },
): { isBetter: boolean; reason: GateReason } {
  const { shareBetter, classes } = comparison
  if (images < gate.minimumImages) return { isBetter: false, reason: 'tooFewImages' }
  if (shareBetter === null) return { isBetter: false, reason: 'noFigure' }
  const hasFallen = classes.some(
    ({ first, second, marked }) => marked > 0 && first !== null && first - (second ?? 0) > gate.classMargin,
  )
  if (hasFallen) return { isBetter: false, reason: 'classFalls' }
  if (shareBetter < requiredShare(gate, tries) || meanOf(classes, 'second') < meanOf(classes, 'first'))
    return { isBetter: false, reason: 'notBetter' }
  if (shareSkilled !== null && shareSkilled < LEAST_SKILLED) return { isBetter: false, reason: 'noSkill' }
  return gate.promotes === 'person' ? { isBetter: false, reason: 'asksPerson' } : { isBetter: true, reason: 'better' }
}

/**
 * Who tries often enough is lucky once: the allowed doubt is divided by the tries (Bonferroni), down to a hundredth, so
 * that 2,000 resamples can still tell.
 */
export function requiredShare({ confidence }: Pick<Gate, 'confidence'>, tries: number): number {
  return 1 - (1 - confidence) / Math.min(MOST_TRIES, Math.max(1, tries))
}

/** Over the classes that the images hold. */
function meanOf(classes: ScoreComparison['classes'], side: 'first' | 'second'): number {
  const held = classes.filter(({ marked }) => marked > 0)
  return held.reduce((sum, change) => sum + (change[side] ?? 0), 0) / Math.max(1, held.length)
}
