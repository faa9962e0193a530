import type { Mark } from './mark.ts'

const LARGEST = 4

/**
 * How much a class counts in the heat's loss, by class: the inverse root of its number of marks, so that a rare class
 * is neither lost among a common one nor takes over. The mean over all marks is 1 until a weight is held to 4.
 */
export function weighClasses(pictures: Iterable<readonly Mark[]>, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0)
  for (const marks of pictures) for (const mark of marks) counts[mark.class] = (counts[mark.class] ?? 0) + 1
  const roots = counts.map((count) => 1 / Math.sqrt(Math.max(1, count)))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const mean = counts.reduce((sum, count, place) => sum + count * (roots[place] ?? 0), 0) / Math.max(1, total)
  return roots.map((root) => Math.min(LARGEST, mean > 0 ? root / mean : 1))
}
