import type { CalibrationBucket, EditCounts, ModelWorth } from '@vesalius/contracts'
import { type Edited, NO_EDITS } from './count-edits.ts'

export type Answered = Edited & { seconds: number | null }

const BUCKETS = 10
/** Fewer times than this say nothing of what is usual. */
export const LEAST_TIMED = 5

/** What the answers to one version's guesses come to. */
export function sumUp(model: Pick<ModelWorth, 'modelVersionId' | 'number'>, answers: readonly Answered[]): ModelWorth {
  const edits = answers.reduce((sum, { edits }) => addEdits(sum, edits), NO_EDITS)
  const calibration = bucketsOf(answers.flatMap(({ scores }) => scores))
  const images = answers.length
  const stepsOf = ({ changed, relabelled, added, removed }: EditCounts) => changed + relabelled + added + removed
  return {
    ...model,
    images,
    unchanged: answers.filter(({ edits }) => stepsOf(edits) === 0).length,
    edits,
    editsPerImage: images === 0 ? 0 : stepsOf(edits) / images,
    editsFromNothing: images === 0 ? 0 : (edits.kept + edits.changed + edits.relabelled + edits.added) / images,
    seconds: medianSeconds(answers.flatMap(({ seconds }) => seconds ?? [])),
    calibration,
    calibrationError: calibrationErrorOf(calibration),
  }
}

/** Median in seconds; null of fewer than five. */
export function medianSeconds(times: readonly number[]): number | null {
  if (times.length < LEAST_TIMED) return null
  const sorted = [...times].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
}

function addEdits(a: EditCounts, b: EditCounts): EditCounts {
  return {
    kept: a.kept + b.kept,
    changed: a.changed + b.changed,
    relabelled: a.relabelled + b.relabelled,
    added: a.added + b.added,
    removed: a.removed + b.removed,
  }
}

function bucketsOf(scores: Edited['scores']): CalibrationBucket[] {
  return Array.from({ length: BUCKETS }, (_, index) => {
    const inside = scores.filter(([score]) => Math.min(BUCKETS - 1, Math.floor(score * BUCKETS)) === index)
    const count = inside.length
    if (count === 0) return { count, said: null, right: null }
    const said = inside.reduce((sum, [score]) => sum + score, 0) / count
    return { count, said: Math.min(1, said), right: inside.filter(([, right]) => right).length / count }
  })
}

/** Mean distance of what was said from what was right, each bin weighted by its answers. */
function calibrationErrorOf(buckets: readonly CalibrationBucket[]): number | null {
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  return buckets.reduce((sum, { count, said, right }) => sum + count * Math.abs((said ?? 0) - (right ?? 0)), 0) / total
}
