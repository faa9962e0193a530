import {
  AppError,
  because,
  type ImportChoices,
  type ImportProblem,
  type ImportReport,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  LabelInput,
} from '@vesalius/contracts'
import { asProblem, type DatasetImage, toLabel } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { AnnotationImportRow, ProjectRow } from '../../db/tables.ts'
import { withClasses } from '../classes/class-schemes.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { fitMarks } from '../labels/fit-marks.ts'
import { fitLabel } from '../labels/label-classes.ts'
import { type ClassPlan, planClasses } from './choose-classes.ts'
import { fileNamesOf } from './file-names.ts'
import type { ReadSummary } from './format-task.ts'
import { readKeys } from './import-files.ts'
import { readLines } from './line-file.ts'
import { type CurrentLabel, findLabels, findNamedImages, type NamedImage } from './list-images.ts'
import { readSummary } from './plan-of.ts'
import { problemOf } from './problem.ts'

type Parts = Pick<Context, 'db' | 'storage'>

const AT_ONCE = 100
const MOST_CONFLICTS = 100
const MOST_PROBLEMS = 2000

/** One image's new label, by the rules of a submission. */
export interface Verdict {
  image: NamedImage
  data: LabelData
  current: CurrentLabel
  isReplacing: boolean
}

export interface Judging {
  row: AnnotationImportRow
  project: ProjectRow
  choices: ImportChoices
  /** Writes what was judged; a problem it answers is that image's. Without it nothing is written. */
  take?: (verdict: Verdict) => Promise<ImportProblem | null>
  onProgress?: (done: number, total: number) => void
}

/**
 * Goes through what was read from the files, some images at a time: what would be written, what is there already, what
 * disagrees, and what cannot be taken. The report of a preview and of the writing itself come from here.
 */
export async function judgeImport(parts: Parts, judging: Judging): Promise<{ report: ImportReport; plan: ClassPlan }> {
  const { row, project, choices } = judging
  const keys = readKeys(row.id)
  const summary = await readSummary(parts, row)
  const plan = planClasses(summary.classes, project.classes, choices)
  const images = await findNamedImages(parts.db, project.id)
  const byName = new Map(fileNamesOf(images).map((name, index) => [name, images[index]]))
  const report = emptyReport(summary, plan, project)
  let done = 0
  let batch: { found: DatasetImage; image: NamedImage }[] = []
  const judgeBatch = async () => {
    const labels = await findLabels(
      parts.db,
      batch.map(({ image }) => image.id),
    )
    for (const { found, image } of batch) {
      const current = labels.get(image.id)
      if (current) await judgeImage(judging, plan, report, { found, image, current })
      done += 1
      judging.onProgress?.(done, summary.images)
    }
    batch = []
  }
  for (const found of readLines<DatasetImage>(await parts.storage.localFile(keys.images))) {
    const image = byName.get(found.name)
    if (image) batch.push({ found, image })
    else addProblem(report, asProblem(because`the image is gone from the project`, { image: found.name }))
    if (batch.length >= AT_ONCE) await judgeBatch()
  }
  await judgeBatch()
  return { report, plan }
}

async function judgeImage(
  { project, choices, take }: Judging,
  plan: ClassPlan,
  report: ImportReport,
  given: { found: DatasetImage; image: NamedImage; current: CurrentLabel },
): Promise<void> {
  const { image, current } = given
  const found = leaveOut(given.found, plan)
  for (const [index, marks] of countClasses(given.found)) {
    const entry = report.classes[index]
    if (entry) Object.assign(entry, { marks: entry.marks + marks, images: entry.images + 1 })
  }
  try {
    const dataset = { classes: plan.becomes.map((name) => name ?? ''), images: [] }
    const data = toLabel(found, dataset, { imageType: project.task_type, classes: plan.classes })
    if (!data) {
      report.empty += 1
      return
    }
    const label = requireLabel({ ...project, classes: plan.classes }, image, data)
    const isAnnotated = image.annotated_at !== null
    const said = withClasses(project, current)
    if (isAnnotated && isSame(label, said)) {
      report.unchanged += 1
      return
    }
    if (isAnnotated && (!choices.replace || choices.content === 'guesses')) {
      report.alreadyAnnotated += 1
      addConflict(report, image, said, label)
      return
    }
    if (isAnnotated) addConflict(report, image, said, label)
    const problem = (await take?.({ image, data: label, current, isReplacing: isAnnotated })) ?? null
    if (problem) {
      addProblem(report, problem)
      return
    }
    report.written += 1
    if (isAnnotated) report.replaced += 1
    report.marks += countAll(label)
  } catch (error) {
    if (!(error instanceof AppError || error instanceof RangeError)) throw error
    addProblem(report, problemOf(error, image.name))
  }
}

function emptyReport(summary: ReadSummary, plan: ClassPlan, project: ProjectRow): ImportReport {
  return {
    written: 0,
    replaced: 0,
    unchanged: 0,
    alreadyAnnotated: 0,
    empty: 0,
    marks: 0,
    classes: summary.classes.map((name, index) => {
      const becomes = plan.becomes[index] ?? null
      return { name, becomes, isNew: becomes !== null && !project.classes.includes(becomes), marks: 0, images: 0 }
    }),
    conflicts: [],
    unmatched: summary.unmatched,
    unmatchedCount: summary.unmatchedCount,
    problems: [...summary.problems],
    problemCount: summary.problems.length,
  }
}

function addProblem(report: ImportReport, problem: ImportProblem): void {
  report.problemCount += 1
  if (report.problems.length < MOST_PROBLEMS) report.problems.push(problem)
}

function addConflict(report: ImportReport, image: NamedImage, now: LabelData, inFile: LabelData): void {
  if (report.conflicts.length >= MOST_CONFLICTS) return
  report.conflicts.push({ image: image.name, marksNow: countAll(now), marksInFile: countAll(inFile) })
}

function countAll(data: LabelData): number {
  if (isBoxLabel(data)) return data.boxes.length
  return isMaskLabel(data) ? data.masks.length : 1
}

/** Marks by class of the files. */
function countClasses({ answer, boxes, masks }: DatasetImage): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { class: index } of [...boxes, ...masks, ...(answer ? [answer] : [])]) {
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  return counts
}

function leaveOut(found: DatasetImage, { becomes }: ClassPlan): DatasetImage {
  const isKept = (mark: { class: number }) => becomes[mark.class] !== null
  return {
    ...found,
    answer: found.answer && isKept(found.answer) ? found.answer : null,
    boxes: found.boxes.filter(isKept),
    masks: found.masks.filter(isKept),
  }
}

/** The label by the rules of a submission. Throws AppError. */
function requireLabel(project: ProjectRow, image: NamedImage, data: LabelData): LabelData {
  const parsed = LabelInput.safeParse({ type: project.task_type, data })
  if (!parsed.success) {
    throw new AppError('VALIDATION_FAILED', parsed.error.issues[0]?.message ?? 'The label has another shape.')
  }
  refuseUnchangeable(image)
  return fitMarks(fitLabel(project, { type: project.task_type, data }), image)
}

/** Whether two labels say the same, whatever their marks are called. */
function isSame(a: LabelData, b: LabelData): boolean {
  return JSON.stringify(meaningOf(a)) === JSON.stringify(meaningOf(b))
}

function meaningOf(data: LabelData): unknown {
  const plain = <Mark extends { id: string; class: number; score?: number | undefined; frame?: number | undefined }>(
    marks: readonly Mark[],
    place: (mark: Mark) => unknown,
  ) => marks.map((mark) => [mark.frame ?? 0, mark.class, mark.score ?? null, place(mark)])
  if (isBoxLabel(data)) return plain(data.boxes, (mark) => mark.box)
  if (isMaskLabel(data)) return plain(data.masks, (mark) => mark.rle)
  return data
}
