import { readClassAnswer } from '../class-answer.ts'
import type { LabelData } from '../label.ts'
import { frameOf, isMaskLabel } from '../marks.ts'
import { overlapRle } from '../rle-combine.ts'
import { type MarkRow, type MergeMark, type MergePlan, mergeMarksOf } from './merge-plan.ts'

/** Marks of several readers speak of the same thing from this intersection over union on. */
const SAME_THING = 0.5

/**
 * What several readers said about one image, thing by thing: marks that overlap by half stand in one row, whatever class
 * each reader gave them. What more than half of the readers marked is taken, as the first of them marked it; what fewer
 * did is left and asked about.
 */
export function mergeReaders(labels: readonly LabelData[]): MergePlan {
  const [form] = labels
  if (!form) throw new RangeError('there is no reading to merge')
  const marks = labels.map(mergeMarksOf)
  if (marks.every((list) => list !== null)) {
    const size = isMaskLabel(form) ? form.size : null
    return { kind: 'marks', form, rows: rowsOf(marks, size) }
  }
  if (!('key' in form)) {
    const tagsOf = (label: LabelData) => ('key' in label ? [] : (label.tags ?? []))
    const tags = [...new Set(labels.flatMap(tagsOf))]
    const rows = tags.map((tag) => {
      const holds = labels.map((label) => tagsOf(label).includes(tag))
      return { tag, holds, isTaken: holds.filter(Boolean).length * 2 > labels.length }
    })
    return { kind: 'tags', rows }
  }
  const answers = labels.map((label) => readClassAnswer(label)?.value ?? null)
  const take = answers.findIndex((answer) => answers.filter((other) => other === answer).length * 2 > answers.length)
  return { kind: 'answer', sources: labels, take: take < 0 ? null : take }
}

function rowsOf(lists: readonly MergeMark[][], size: readonly [number, number] | null): MarkRow[] {
  const groups: (MergeMark | null)[][] = []
  lists.forEach((list, source) => {
    for (const mark of list) {
      const fitting = groups
        .filter((group) => group[source] == null)
        .map((group) => ({
          group,
          overlap: Math.max(...group.map((other) => (other ? overlap(other, mark, size) : 0))),
        }))
        .filter((candidate) => candidate.overlap >= SAME_THING)
        .sort((a, b) => b.overlap - a.overlap)[0]
      const group = fitting?.group ?? lists.map(() => null)
      if (!fitting) groups.push(group)
      group[source] = mark
    }
  })
  return groups.map((versions, index) => {
    const holders = versions.flatMap((version, source) => (version ? [source] : []))
    const isShared = holders.length * 2 > lists.length
    const classes = new Set(versions.flatMap((version) => (version ? [version.class] : [])))
    const take = isShared ? (holders[0] ?? 'none') : 'none'
    return { id: `row-${index + 1}`, base: null, versions, take, isConflict: !isShared || classes.size > 1 }
  })
}

function overlap(a: MergeMark, b: MergeMark, size: readonly [number, number] | null): number {
  if (frameOf(a) !== frameOf(b)) return 0
  if (size && a.rle !== undefined && b.rle !== undefined) {
    const { intersection, union } = overlapRle(a.rle, b.rle, size)
    return union === 0 ? 0 : intersection / union
  }
  if (!a.box || !b.box) return 0
  const width = Math.min(a.box[0] + a.box[2], b.box[0] + b.box[2]) - Math.max(a.box[0], b.box[0])
  const height = Math.min(a.box[1] + a.box[3], b.box[1] + b.box[3]) - Math.max(a.box[1], b.box[1])
  const shared = Math.max(0, width) * Math.max(0, height)
  return shared / (a.box[2] * a.box[3] + b.box[2] * b.box[3] - shared)
}
