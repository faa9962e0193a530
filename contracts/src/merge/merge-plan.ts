import type { BoundingBox } from '../geometry.ts'
import type { LabelData } from '../label.ts'
import { isBoxLabel, isMaskLabel } from '../marks.ts'
import { type Measure, withMeasures } from '../measures.ts'
import { combineRle } from '../rle-combine.ts'

/**
 * How several labels of one image become one. Each source is somebody's label; a row is one thing that they may agree
 * on, with what each of them says and what is taken. A plan is shown to a person, who may change what is taken.
 */
export type MergePlan = (MarksPlan | TagsPlan | AnswerPlan) & {
  /** What the merged label has of measurements; absent: what its form has. */
  measures?: readonly Measure[]
}

export interface MergeMark {
  id: string
  class: number
  box?: BoundingBox
  rle?: string
  frame?: number | undefined
  score?: number | undefined
}

/** The index of a source; `all`: each version as a mark of its own; `joined`: one mask of all versions. */
export type Take = number | 'none' | 'all' | 'joined'

export interface MarkRow {
  id: string
  /** What both began from; null: it is new. */
  base: MergeMark | null
  /** By source; null: that source does not have it. */
  versions: readonly (MergeMark | null)[]
  take: Take
  /** The sources say different things: a person should look. */
  isConflict: boolean
}

export interface MarksPlan {
  kind: 'marks'
  /** Gives the form of the merged label: its classes and size. */
  form: LabelData
  rows: readonly MarkRow[]
}

export interface TagsPlan {
  kind: 'tags'
  rows: readonly { tag: string; holds: readonly boolean[]; isTaken: boolean }[]
}

/** A label with room for one answer: a source is chosen, null until a person did. */
export interface AnswerPlan {
  kind: 'answer'
  sources: readonly LabelData[]
  take: number | null
}

/** The marks of a label in one form; null where a label has none by its kind. */
export function mergeMarksOf(data: LabelData): MergeMark[] | null {
  if (isBoxLabel(data)) return data.boxes
  return isMaskLabel(data) ? data.masks : null
}

/** The label that the plan says; null while a person still has to choose. */
export function applyMerge(plan: MergePlan): LabelData | null {
  const data = takeFrom(plan)
  return data && plan.measures ? withMeasures(data, plan.measures) : data
}

function takeFrom(plan: MergePlan): LabelData | null {
  if (plan.kind === 'answer') return plan.take === null ? null : (plan.sources[plan.take] ?? null)
  if (plan.kind === 'tags') return { tags: plan.rows.filter(({ isTaken }) => isTaken).map(({ tag }) => tag) }
  const taken = plan.rows.flatMap((row) => takenOf(row, plan.form))
  const used = new Set<string>()
  const marks = taken.map((mark) => ({ ...mark, id: freeId(mark.id, used) }))
  if (isMaskLabel(plan.form)) return { ...plan.form, masks: marks } as LabelData
  return { ...plan.form, boxes: marks } as LabelData
}

function takenOf({ versions, base, take }: MarkRow, form: LabelData): MergeMark[] {
  const present = versions.filter((version) => version !== null)
  if (take === 'none') return []
  if (take === 'all') return present
  if (typeof take === 'number') return versions[take] ? [versions[take]] : []
  const [first] = present
  if (!first || !isMaskLabel(form)) return first ? [first] : []
  const masks = present.flatMap(({ rle }) => (rle === undefined ? [] : [rle]))
  const joined =
    base?.rle === undefined
      ? combineRle(masks, form.size, (holds) => holds.includes(true))
      : combineRle([base.rle, ...masks], form.size, ([wasThere, ...holds]) =>
          wasThere ? !holds.includes(false) : holds.includes(true),
        )
  const { score: _, ...mark } = present.find((version) => version.class !== base?.class) ?? first
  return [{ ...mark, id: first.id, rle: joined }]
}

function freeId(id: string, used: Set<string>): string {
  let free = id
  for (let number = 2; used.has(free); number += 1) free = `${id.slice(0, 56)}-${number}`
  used.add(free)
  return free
}
