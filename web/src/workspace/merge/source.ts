import {
  applyMerge,
  type Image,
  type LabelFile,
  type MarkRow,
  type MarksPlan,
  type Project,
  type Take,
} from '@vesalius/contracts'
import { marksFromLabel } from '../marks/label-marks.ts'
import type { SourceMark } from './draw-sources.ts'

/** One of the people whose labels are laid side by side. */
export interface Source {
  key: string
  name: string
  colour: string
  /** Words of the button that takes everything of this one, where its name does not make them. */
  whole?: string
}

const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3]]
/** Bright on a dark stage, told apart by people who see few colours. */
export const SOURCE_COLOURS = ['#ffb74d', '#4fc3f7', '#f06292', '#81c784', '#fff176', '#ba68c8', '#d7a98c', '#9fa8da']

export const sourceColour = (index: number) => SOURCE_COLOURS[index % SOURCE_COLOURS.length] ?? '#ffffff'

/** Every version of every row as it is drawn. A joined mask is drawn as it will be. */
export function sourceMarks(plan: MarksPlan, project: Project, image: Image): SourceMark[] {
  return plan.rows.flatMap((row) => {
    if (row.take === 'joined') {
      return marksOf({ ...plan, rows: [row] }, project, image).map((mark) => ({
        rowId: row.id,
        colour: '#ffffff',
        dash: [],
        isTaken: true,
        mark,
      }))
    }
    return row.versions.flatMap((version, index) =>
      version === null
        ? []
        : marksOf({ ...plan, rows: [{ ...row, take: index }] }, project, image).map((mark) => ({
            rowId: row.id,
            colour: sourceColour(index),
            dash: DASHES[index % DASHES.length] ?? [],
            isTaken: isTaken(row, index),
            mark,
          })),
    )
  })
}

export const isTaken = ({ take, versions }: MarkRow, index: number): boolean =>
  versions[index] != null && (take === index || take === 'all' || take === 'joined')

function marksOf(plan: MarksPlan, project: Project, image: Image) {
  const data = applyMerge(plan)
  const meta = { author: { kind: 'person' } }
  const label = { type: project.taskType, data, meta } as unknown as LabelFile
  return data ? (marksFromLabel(label, project.classes, { width: image.width, height: image.height })?.list ?? []) : []
}

/** What taking or leaving one version makes of a row. */
export function toggleVersion(row: MarkRow, index: number): Take {
  const taken = row.versions.flatMap((version, at) =>
    version !== null && (at === index) !== isTaken(row, at) ? [at] : [],
  )
  if (taken.length === 0) return 'none'
  if (taken.length === 1) return taken[0] ?? 'none'
  return taken.length === row.versions.filter((version) => version !== null).length ? 'all' : index
}

/** Everything of one person, and of rows they do not have, nothing. */
export const takeAllOf = (plan: MarksPlan, index: number): MarksPlan => ({
  ...plan,
  rows: plan.rows.map((row) => ({ ...row, take: row.versions[index] ? index : 'none' })),
})
