import { readClassAnswer } from '../class-answer.ts'
import type { LabelData } from '../label.ts'
import { measuresOf, mergeMeasures } from '../measures.ts'
import { type MarkRow, type MergeMark, type MergePlan, mergeMarksOf } from './merge-plan.ts'

/** Sources of a plan for two people. */
export const THEIRS = 0
export const MINE = 1

interface TwoLabels {
  /** What I began from; null when it is not known: then a mark that only one has counts as new. */
  base: LabelData | null
  theirs: LabelData
  mine: LabelData
}

/**
 * What two people made of one label, mark by mark. What one of them changed, added or removed and the other left alone is
 * taken as that one left it. Where both changed the same mask, what either added is kept and what either removed is gone;
 * where both changed the same box, or one changed what the other removed, a person should look: mine is taken, and no
 * mark that anybody wanted goes unasked.
 */
export function mergeTwo(labels: TwoLabels): MergePlan {
  const { base, theirs, mine } = labels
  const measures = mergeMeasures(measuresOf(base ?? {}), measuresOf(theirs), measuresOf(mine))
  return { ...planFor(labels), measures }
}

function planFor({ base, theirs, mine }: TwoLabels): MergePlan {
  const [theirMarks, myMarks] = [mergeMarksOf(theirs), mergeMarksOf(mine)]
  if (theirMarks && myMarks) {
    const rows = mergeMarks((base && mergeMarksOf(base)) ?? [], theirMarks, myMarks)
    return { kind: 'marks', form: mine, rows }
  }
  if (!('key' in theirs) && !('key' in mine)) {
    return mergeTags(base && !('key' in base) ? (base.tags ?? []) : [], theirs.tags ?? [], mine.tags ?? [])
  }
  const isSame = readClassAnswer(theirs)?.value === readClassAnswer(mine)?.value
  return { kind: 'answer', sources: [theirs, mine], take: isSame ? MINE : null }
}

function mergeMarks(base: readonly MergeMark[], theirs: readonly MergeMark[], mine: readonly MergeMark[]): MarkRow[] {
  const before = byId(base)
  const [others, own] = [byId(theirs), byId(mine)]
  const ids = new Set([...theirs, ...mine].map(({ id }) => id))
  const rows = [...ids].map((id) =>
    rowOf({ id, base: before.get(id) ?? null, theirs: others.get(id) ?? null, mine: own.get(id) ?? null }),
  )
  return rows
}

function rowOf(found: {
  id: string
  base: MergeMark | null
  theirs: MergeMark | null
  mine: MergeMark | null
}): MarkRow {
  const { id, base, theirs, mine } = found
  const row = (take: MarkRow['take'], isConflict = false): MarkRow => ({
    id,
    base,
    versions: [theirs, mine],
    take,
    isConflict,
  })
  if (isSameMark(theirs, mine)) return row(MINE)
  if (!base) return theirs && mine ? row('all', true) : row(theirs ? THEIRS : MINE)
  if (isSameMark(theirs, base)) return row(mine ? MINE : 'none')
  if (isSameMark(mine, base)) return row(theirs ? THEIRS : 'none')
  if (!theirs) return row(MINE, true)
  if (!mine) return row(THEIRS, true)
  return row(mine.rle === undefined ? MINE : 'joined', mine.rle === undefined || theirs.class !== mine.class)
}

/** The same place and class; a score alone is no difference. */
export function isSameMark(a: MergeMark | null, b: MergeMark | null): boolean {
  if (a === null || b === null) return a === b
  const isSamePlace = (a.frame ?? 0) === (b.frame ?? 0) && a.rle === b.rle && String(a.box) === String(b.box)
  return a.class === b.class && isSamePlace
}

function mergeTags(base: readonly string[], theirs: readonly string[], mine: readonly string[]): MergePlan {
  const tags = [...new Set([...theirs, ...mine])]
  const rows = tags.map((tag) => {
    const holds = [theirs.includes(tag), mine.includes(tag)]
    return { tag, holds, isTaken: base.includes(tag) ? !holds.includes(false) : true }
  })
  return { kind: 'tags', rows }
}

const byId = (marks: readonly MergeMark[]) => new Map(marks.map((mark) => [mark.id, mark]))
