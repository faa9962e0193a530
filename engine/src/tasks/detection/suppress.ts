import { boxOverlap } from '../../metrics/box-overlap.ts'
import type { ScoredMark } from './mark.ts'

/**
 * Non-maximum suppression: of boxes of one class that overlap by more than `mostOverlap` the best stays. Best first,
 * at most `limit`. `mostOverlap` ≥ .5: then the middles of two such boxes are less than the largest side apart, so
 * that only neighbours on a grid are compared.
 */
export function suppressOverlaps(marks: readonly ScoredMark[], mostOverlap: number, limit: number): ScoredMark[] {
  const cell = marks.reduce((side, { box }) => Math.max(side, box[2], box[3]), 1)
  const grid = new Map<string, ScoredMark[]>()
  const kept: ScoredMark[] = []
  for (const mark of marks.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === limit) break
    const column = Math.floor((mark.box[0] + mark.box[2] / 2) / cell)
    const row = Math.floor((mark.box[1] + mark.box[3] / 2) / cell)
    const isDouble = NEIGHBOURS.some(([dx, dy]) =>
      grid
        .get(`${mark.class} ${column + dx} ${row + dy}`)
        ?.some((better) => boxOverlap(better.box, mark.box) > mostOverlap),
    )
    if (isDouble) continue
    kept.push(mark)
    const key = `${mark.class} ${column} ${row}`
    const own = grid.get(key)
    if (own) own.push(mark)
    else grid.set(key, [mark])
  }
  return kept
}

const NEIGHBOURS = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const))
