import { Backbone, ImageType } from '@vesalius/contracts'
import { z } from 'zod'

/** What a classification model must carry beside its weights to answer for an image file. */
export const ModelCard = z.object({
  taskType: ImageType,
  classes: z.array(z.string()).min(2),
  backbone: Backbone,
  imageSize: z.int().min(16).max(1024),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Per channel, on the 0..255 scale. */
  mean: z.array(z.number()),
  deviation: z.array(z.number().positive()),
  temperature: z.number().positive(),
  /** `fingerprintItems` of what it was trained on. */
  trainedOn: z.string(),
})
export type ModelCard = z.infer<typeof ModelCard>
