import { z } from 'zod'
import { Problem } from './errors.ts'
import { BoundingBox } from './geometry.ts'
import { ImageId, ModelVersionId, ProjectId, UserId } from './ids.ts'
import { ImageState } from './image-state.ts'
import { ReviewState } from './review.ts'
import { Skip } from './skip.ts'
import { ImageType } from './task-type.ts'
import { Timestamp } from './time.ts'

/**
 * Whether names may be burned into the pixels: `yes` and `no` are what the file says; `suspected`: it does not say so,
 * but something that looks like lines of text was found; `unknown`: it says nothing, and nothing was found.
 */
const BurnedInText = z.enum(['yes', 'suspected', 'no', 'unknown'])

/** What was taken out of the file on arrival, summed up; `GET /images/:id/deidentification` lists it. */
export const DeidentificationSummary = z
  .object({
    /** Kinds of metadata or attributes removed or replaced. */
    removed: z.int(),
    burnedInText: BurnedInText,
  })
  .meta({ id: 'DeidentificationSummary' })

/** Where something that looks like a line of text was found; frames are counted from 0. */
export const TextLine = z.object({ frame: z.int(), box: BoundingBox }).meta({ id: 'TextLine' })
export type TextLine = z.infer<typeof TextLine>

export const DeidentificationReport = z
  .object({
    /** By name: `exif`, `xmp`… of a picture file, the tag as `(gggg,eeee)` of DICOM. Never a value. */
    removed: z.array(z.object({ name: z.string(), count: z.int() })),
    burnedInText: BurnedInText,
    /** The first of them; missing in reports of files that nobody searched. */
    textLines: z.array(TextLine).optional(),
  })
  .meta({ id: 'DeidentificationReport' })
export type DeidentificationReport = z.infer<typeof DeidentificationReport>

/**
 * Distance between neighbouring pixels in millimetres, and what the source says it was measured at: `object` (DICOM
 * Pixel Spacing), `detector` (Imager Pixel Spacing: objects look magnified), `film` (Nominal Scanned Pixel Spacing).
 * The resolution of an ordinary picture file speaks of print, so it is never taken for millimetres.
 */
export const PixelSpacing = z
  .object({ rowMm: z.number(), columnMm: z.number(), plane: z.enum(['object', 'detector', 'film']) })
  .meta({ id: 'PixelSpacing' })
export type PixelSpacing = z.infer<typeof PixelSpacing>

/** The newest first guess, summed up for lists. */
export const GuessSummary = z
  .object({
    /** Class index of a classification; null for other tasks. */
    value: z.int().nullable(),
    /** Boxes or masks of other tasks; null for a classification. */
    marks: z.int().nullable(),
    /** How sure the model is, 0..1: probability of the class, or of its least sure mark. */
    score: z.number().nullable(),
    modelVersionId: ModelVersionId,
  })
  .meta({ id: 'GuessSummary' })
export type GuessSummary = z.infer<typeof GuessSummary>

export const Image = z
  .object({
    id: ImageId,
    projectId: ProjectId,
    ownerId: UserId,
    name: z.string(),
    /** File type by content: `png`, `jpg`, `dcm`… */
    type: z.string(),
    taskType: ImageType,
    /** Where the bytes are, relative to the data folder: `users/<user id>/<image id>.<type>`. */
    uri: z.string(),
    state: ImageState,
    /** When a person last submitted a label; null when nobody did. */
    annotatedAt: Timestamp.nullable(),
    /** Who that was. */
    annotatedBy: UserId.nullable(),
    review: ReviewState,
    /** Threads of remarks that nobody resolved yet. */
    openComments: z.int(),
    problem: Problem.nullable(),
    /** Class index of the current label, whoever wrote it; null when unanswered or not a classification. */
    labelValue: z.int().nullable(),
    /** Boxes or masks of the current label; null for a classification. */
    labelMarks: z.int().nullable(),
    guess: GuessSummary.nullable(),
    labelRevision: z.int(),
    /** Why a person went on without an answer; null for others and as soon as it is annotated. */
    skip: Skip.nullable(),
    /** Patient or slide: images of one group never fall on both sides of a split. */
    group: z.string().nullable(),
    /** People it was shared with. */
    editorCount: z.int(),
    width: z.int(),
    height: z.int(),
    bitDepth: z.int(),
    channels: z.int(),
    /** Frames or pages. A class speaks of them all, a box or mask of the one it names. */
    frames: z.int(),
    /** Null: the file does not state it. */
    spacing: PixelSpacing.nullable(),
    /** Null: the project keeps files as they come. */
    deidentification: DeidentificationSummary.nullable(),
    byteSize: z.int(),
    /** SHA-256 of the bytes, hexadecimal. */
    contentHash: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Image' })
export type Image = z.infer<typeof Image>

export const UploadItem = z
  .union([
    z.object({
      name: z.string(),
      image: Image,
      /** An image of the project with the same content. */
      duplicateOf: ImageId.optional(),
    }),
    z.object({ name: z.string(), error: Problem, duplicateOf: ImageId.optional() }),
  ])
  .meta({ id: 'UploadItem' })
export type UploadItem = z.infer<typeof UploadItem>

/** `next`: most worth annotating first, as the project's settings say. */
export const ImageOrder = z.enum(['newest', 'oldest', 'name', 'group', 'uncertain', 'next'])
export type ImageOrder = z.infer<typeof ImageOrder>
