import type { Gate, GateReason } from '@vesalius/contracts'
import type { ScoreComparison } from './compare-scores.ts'

/**
 * Whether a candidate may take the place of the model in service, and why not: its score is better in enough resamples,
 * and what it gets right, in the mean over classes, is no less. `first` of the comparison is the model in
 * service, `second` the candidate, `images` how many held-out images both were asked about.
 */
export function judgeCandidate(
  comparison: ScoreComparison,
  { images, gate }: { images: number; gate: Gate },
): { isBetter: boolean; reason: GateReason } {
  const { shareBetter, classes } = comparison
  if (images < gate.minimumImages) return { isBetter: false, reason: 'tooFewImages' }
  if (shareBetter === null) return { isBetter: false, reason: 'noFigure' }
  const hasFallen = classes.some(
    ({ first, second, marked }) => marked > 0 && first !== null && first - (second ?? 0) > gate.classMargin,
  )
  if (hasFallen) return { isBetter: false, reason: 'classFalls' }
  if (shareBetter < gate.confidence || meanOf(classes, 'second') < meanOf(classes, 'first'))
    return { isBetter: false, reason: 'notBetter' }
  return gate.promotes === 'person' ? { isBetter: false, reason: 'asksPerson' } : { isBetter: true, reason: 'better' }
}

/** Over the classes that the images hold. */
function meanOf(classes: ScoreComparison['classes'], side: 'first' | 'second'): number {
  const held = classes.filter(({ marked }) => marked > 0)
  return held.reduce((sum, change) => sum + (change[side] ?? 0), 0) / Math.max(1, held.length)
}
