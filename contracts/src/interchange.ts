import { z } from 'zod'
import { ErrorCode, Problem } from './errors.ts'
import { AnnotationImportId, ExportId, ImageId, ProjectId, UserId } from './ids.ts'
import { ImageState } from './image-state.ts'
import { ClassName } from './label.ts'
import { Reason } from './reason.ts'
import { ReviewState } from './review.ts'
import { SkipReason } from './skip.ts'
import type { TaskFamily } from './task-type.ts'
import { Timestamp } from './time.ts'

/** Formats annotations are written and read in. */
export const FormatName = z
  .enum([
    'archive',
    'coco',
    'coco-counts',
    'coco-polygons',
    'yolo',
    'yolo-classify',
    'voc',
    'label-me',
    'cvat',
    'label-studio',
    'image-folder',
    'png-semantic',
    'png-palette',
    'png-instance',
    'csv',
    'geojson',
    'nifti',
    'dicom-seg',
    'dicom-sr',
  ])
  .meta({ id: 'FormatName' })
export type FormatName = z.infer<typeof FormatName>

const MARKED = ['detection', 'segmentation'] as const
const ANSWERED = ['classification', ...MARKED] as const

/** Families of task types whose images a format can hold. */
export const FORMAT_FAMILIES: Readonly<Record<FormatName, readonly TaskFamily[]>> = {
  archive: ['base', ...ANSWERED],
  coco: MARKED,
  'coco-counts': MARKED,
  'coco-polygons': MARKED,
  yolo: MARKED,
  'yolo-classify': ['classification'],
  voc: ['detection'],
  'label-me': ANSWERED,
  cvat: ANSWERED,
  'label-studio': ANSWERED,
  'image-folder': ['classification'],
  'png-semantic': ['segmentation'],
  'png-palette': ['segmentation'],
  'png-instance': ['segmentation'],
  csv: ['classification'],
  geojson: MARKED,
  nifti: ['segmentation'],
  'dicom-seg': ['segmentation'],
  'dicom-sr': ANSWERED,
}

/** Whether people's answers are meant, or a model's guesses. */
export const MarkOrigin = z.enum(['annotations', 'guesses']).meta({ id: 'MarkOrigin' })
export type MarkOrigin = z.infer<typeof MarkOrigin>

export const WorkState = z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled'])
/** Of images. */
export const WorkProgress = z.object({ done: z.int(), total: z.int() }).meta({ id: 'WorkProgress' })
export type WorkProgress = z.infer<typeof WorkProgress>

/** The same as those of the list of images. */
export const ExportFilter = z
  .strictObject({
    state: ImageState.optional(),
    annotated: z.boolean().optional(),
    class: z.int().min(0).optional(),
    text: z.string().trim().min(1).max(200).optional(),
    scoreFrom: z.number().min(0).max(1).optional(),
    scoreTo: z.number().min(0).max(1).optional(),
    annotatedBy: UserId.optional(),
    review: ReviewState.optional(),
    reviewedBy: UserId.optional(),
    skipped: z.boolean().optional(),
    skipReason: SkipReason.optional(),
    burnedIn: z.boolean().optional(),
    /** Only these. */
    imageIds: z.array(ImageId).min(1).max(20_000).optional(),
    from: Timestamp.optional(),
    to: Timestamp.optional(),
  })
  .meta({ id: 'ExportFilter' })
export type ExportFilter = z.infer<typeof ExportFilter>

export const ExportRequest = z
  .strictObject({
    format: FormatName,
    content: MarkOrigin.default('annotations'),
    /** Whether the image files come along. */
    images: z.boolean().default(false),
    /** Of the report in the file. */
    language: z.enum(['en', 'zh']).default('en'),
    /** Which images; all outside of the bin without it. */
    filter: ExportFilter.default({}),
  })
  .meta({ id: 'ExportRequest' })

export const Export = z
  .object({
    id: ExportId,
    projectId: ProjectId,
    format: FormatName,
    content: MarkOrigin,
    images: z.boolean(),
    filter: ExportFilter,
    state: WorkState,
    progress: WorkProgress,
    /** What the file holds; null until it is there. */
    result: z
      .object({
        images: z.int(),
        /** Boxes, masks and answers. */
        marks: z.int(),
        byteSize: z.int(),
        /** Lines of `export-report.txt` in the file. */
        problems: z.int(),
      })
      .nullable(),
    problem: Problem.nullable(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
    /** When the file is removed. */
    expiresAt: Timestamp,
  })
  .meta({ id: 'Export' })
export type Export = z.infer<typeof Export>

/** Something in the files that did not come over, and where it is. */
export const ImportProblem = z
  .object({
    /** In English. */
    reason: z.string(),
    /** The same for other languages: what the sentence is made of, or the code of an error. */
    told: Reason.optional(),
    code: ErrorCode.optional(),
    file: z.string().optional(),
    line: z.int().optional(),
    image: z.string().optional(),
  })
  .meta({ id: 'ImportProblem' })
export type ImportProblem = z.infer<typeof ImportProblem>

/** What becomes of the classes in the files: a name the project has or gets, or null for those to leave out. */
export const ClassMapping = z.record(ClassName, ClassName.nullable()).meta({ id: 'ClassMapping' })
export type ClassMapping = z.infer<typeof ClassMapping>

export const ImportChoices = z
  .strictObject({
    /** Classes not named here keep their names. */
    classes: ClassMapping.default({}),
    /** Whether classes the project does not have are added to it; otherwise what uses them is left out, and named. */
    addClasses: z.boolean().default(false),
    /** Whether images a person annotated get the new label. Guesses never touch annotations. */
    replace: z.boolean().default(false),
    /** `guesses`: as if a model had said it, for a person to look through. */
    content: MarkOrigin.default('annotations'),
  })
  .meta({ id: 'ImportChoices' })
export type ImportChoices = z.infer<typeof ImportChoices>

/** What an import would do under some choices, or has done. */
export const ImportReport = z
  .object({
    /** Images whose label was written, or would be. */
    written: z.int(),
    /** Of those, images a person annotated before. */
    replaced: z.int(),
    /** Images that say already what the files say. */
    unchanged: z.int(),
    /** Images left as they are because a person annotated them already. */
    alreadyAnnotated: z.int(),
    /** Images the files name without saying anything the project can hold. */
    empty: z.int(),
    /** Boxes, masks or answers written. */
    marks: z.int(),
    /** By class of the files, in their order. */
    classes: z.array(
      z.object({
        name: z.string(),
        /** The project's class it becomes; null: left out. */
        becomes: z.string().nullable(),
        /** Whether that class would be added to the project. */
        isNew: z.boolean(),
        marks: z.int(),
        images: z.int(),
      }),
    ),
    /** Images whose annotation and the file's disagree; the first 100 of them. */
    conflicts: z.array(z.object({ image: z.string(), marksNow: z.int(), marksInFile: z.int() })),
    /** Names in the files that no image of the project has; the first 1000 of them. */
    unmatched: z.array(z.string()),
    unmatchedCount: z.int(),
    /** The first 2000. */
    problems: z.array(ImportProblem),
    problemCount: z.int(),
  })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.infer<typeof ImportReport>

/**
 * `reading` the files, then `ready` to be looked at and started, then `writing`, then `done`. Nothing of the project
 * changes before `writing`.
 */
export const AnnotationImport = z
  .object({
    id: AnnotationImportId,
    projectId: ProjectId,
    /** Null as long as it is not recognised. */
    format: FormatName.nullable(),
    fileNames: z.array(z.string()),
    state: z.enum(['reading', 'ready', 'writing', 'done', 'failed']),
    choices: ImportChoices,
    progress: WorkProgress,
    /** While `ready`: what the choices would do; when `done`: what was done. */
    report: ImportReport.nullable(),
    problem: Problem.nullable(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'AnnotationImport' })
export type AnnotationImport = z.infer<typeof AnnotationImport>
