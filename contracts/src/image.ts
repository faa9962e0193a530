import { z } from 'zod'
import { Problem } from './errors.ts'
import { ImageId, ModelVersionId, ProjectId, UserId } from './ids.ts'
import { ImageState } from './image-state.ts'
import { ImageType } from './task-type.ts'
import { Timestamp } from './time.ts'

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
    /** File type by content: `png`, `jpg`… */
    type: z.string(),
    taskType: ImageType,
    /** Where the bytes are, relative to the data folder: `users/<user id>/<image id>.<type>`. */
    uri: z.string(),
    state: ImageState,
    /** When a person last submitted a label; null when nobody did. */
    annotatedAt: Timestamp.nullable(),
    problem: Problem.nullable(),
    /** Class index of the current label, whoever wrote it; null when unanswered or not a classification. */
    labelValue: z.int().nullable(),
    /** Boxes or masks of the current label; null for a classification. */
    labelMarks: z.int().nullable(),
    guess: GuessSummary.nullable(),
    labelRevision: z.int(),
    width: z.int(),
    height: z.int(),
    bitDepth: z.int(),
    channels: z.int(),
    byteSize: z.int(),
    /** SHA-256 of the bytes, hexadecimal. */
    contentHash: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Image' })
export type Image = z.infer<typeof Image>

export const UploadItem = z
  .union([z.object({ name: z.string(), image: Image }), z.object({ name: z.string(), error: Problem })])
  .meta({ id: 'UploadItem' })
export type UploadItem = z.infer<typeof UploadItem>

export const ImageOrder = z.enum(['newest', 'oldest', 'name', 'uncertain'])
export type ImageOrder = z.infer<typeof ImageOrder>
