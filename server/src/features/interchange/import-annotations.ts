import {
  AppError,
  type FormatName,
  type ImportProblem,
  type ImportReport,
  type LabelData,
  LabelInput,
  taskTypeOf,
} from '@vesalius/contracts'
import { assignFileNames, type Dataset, type DatasetImage, type FormatFile, toLabel } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { fitMarks } from '../labels/fit-marks.ts'
import { fitLabel } from '../labels/label-classes.ts'
import { submitLabel } from '../labels/labels.service.ts'
import { findNamedImages, type NamedImage } from './interchange.queries.ts'
import { readFormat } from './run-format.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events'>
const MOST_LISTED = 1000

export interface Import {
  user: SignedIn
  project: ProjectRow
  format: FormatName
  files: FormatFile[]
  isDryRun: boolean
  /** Whether annotated images get the new label. */
  isReplacing: boolean
}

/**
 * Labels images that are there already, each as if the importing person had submitted it: what a submission would refuse
 * is a problem of that image, and the others go on.
 */
export async function importAnnotations(parts: Parts, wanted: Import): Promise<ImportReport> {
  const { project, format, files } = wanted
  const images = await findNamedImages(parts.db, project.id)
  const names = assignFileNames(images)
  const known = images.map(({ name, width, height }, index) => ({
    name: names[index] ?? name,
    original: name,
    width,
    height,
  }))
  const { family } = taskTypeOf(project.task_type)
  const read = await readFormat({ format, files, options: { known, classes: project.classes, family } })
  const byName = new Map(names.map((name, index) => [name, images[index]]))
  const report: ImportReport = {
    isDryRun: wanted.isDryRun,
    written: 0,
    alreadyAnnotated: 0,
    empty: 0,
    unmatched: read.unmatched.slice(0, MOST_LISTED),
    unmatchedCount: read.unmatched.length,
    missingClasses: read.dataset.classes.filter((name) => !project.classes.includes(name)),
    problems: read.problems,
  }
  for (const found of read.dataset.images) {
    const image = byName.get(found.name)
    if (!image) continue
    const result = await takeImage(parts, wanted, { found, image, dataset: read.dataset })
    if (typeof result === 'string') report[result] += 1
    else if (report.problems.length < 2 * MOST_LISTED) report.problems.push(result)
  }
  return report
}

async function takeImage(
  parts: Parts,
  { user, project, isDryRun, isReplacing }: Import,
  { found, image, dataset }: { found: DatasetImage; image: NamedImage; dataset: Dataset },
): Promise<'written' | 'alreadyAnnotated' | 'empty' | ImportProblem> {
  try {
    const data = toLabel(found, dataset, { imageType: project.task_type, classes: project.classes })
    if (!data) return 'empty'
    if (image.annotated_at !== null && !isReplacing) return 'alreadyAnnotated'
    const label = { type: project.task_type, data: requireLabel(project, image, data) }
    if (isDryRun) return 'written'
    const isCurrent = (revision: number) => revision === image.label_revision
    await submitLabel(parts, { user, imageId: image.id, label, isCurrent })
    return 'written'
  } catch (error) {
    if (error instanceof AppError || error instanceof RangeError) return { reason: error.message, image: image.name }
    throw error
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
