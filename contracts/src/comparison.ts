import { z } from 'zod'
import { Problem } from './errors.ts'
import { ClassChange } from './gate.ts'
import { ComparisonId, ImageId, ModelVersionId, ProjectId } from './ids.ts'
import { Metrics } from './metrics.ts'
import { Timestamp } from './time.ts'

/** What one model said about a held-out image, summed up. */
const Said = z.object({
  /** Class index of a classification. */
  value: z.int().nullable(),
  /** Boxes or masks of other tasks. */
  marks: z.int().nullable(),
  /** Agreement with the person, 0..1. */
  score: z.number(),
})

export const Disagreement = z
  .object({ imageId: ImageId, name: z.string(), truth: Said.omit({ score: true }), first: Said, second: Said })
  .meta({ id: 'Disagreement' })
export type Disagreement = z.infer<typeof Disagreement>

/** Two models on the same held-out images, by the same labels. */
export const ComparisonResult = z
  .object({
    images: z.int(),
    groups: z.int(),
    /** Quadratic score of a classification, else the mean over classes of F1 or Dice; 0..1. */
    first: z.object({ score: z.number().nullable(), metrics: Metrics.nullable() }),
    second: z.object({ score: z.number().nullable(), metrics: Metrics.nullable() }),
    difference: z.number().nullable(),
    interval: z.tuple([z.number(), z.number()]).nullable(),
    shareBetter: z.number().nullable(),
    classes: z.array(ClassChange),
    /** Images the two disagree on most, first. */
    disagreements: z.array(Disagreement),
  })
  .meta({ id: 'ComparisonResult' })
export type ComparisonResult = z.infer<typeof ComparisonResult>

export const Comparison = z
  .object({
    id: ComparisonId,
    projectId: ProjectId,
    firstId: ModelVersionId,
    secondId: ModelVersionId,
    state: z.enum(['pending', 'done', 'failed']),
    result: ComparisonResult.nullable(),
    error: Problem.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Comparison' })
export type Comparison = z.infer<typeof Comparison>
