import { boxOverlap } from '../../metrics/box-overlap.ts'
import type { ScoredMark } from './mark.ts'

/**
 * Non-maximum suppression: of boxes of one class that overlap by more than `mostOverlap` the best stays. Best first,
 * at most `limit`.
 */
export function suppressOverlaps(marks: readonly ScoredMark[], mostOverlap: number, limit: number): ScoredMark[] {
  const kept: ScoredMark[] = []
  for (const mark of marks.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === limit) break
    const isDouble = kept.some(
      (better) => better.class === mark.class && boxOverlap(better.box, mark.box) > mostOverlap,
    )
    if (!isDouble) kept.push(mark)
  }
  return kept
}
