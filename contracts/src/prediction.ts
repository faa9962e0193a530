import { z } from 'zod'
import { ImageId, ModelVersionId } from './ids.ts'
import { Timestamp } from './time.ts'

/** What a model version said about an image. Never edited. `data` has the form of the label file's `data`. */
export const Prediction = z
  .object({
    imageId: ImageId,
    modelVersionId: ModelVersionId,
    data: z.unknown(),
    score: z.number().nullable(),
    latencyMs: z.number(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Prediction' })
export type Prediction = z.infer<typeof Prediction>
