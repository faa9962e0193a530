import { ImageType } from '@vesalius/contracts'
import { z } from 'zod'

/** Turns what the network says about a class into the probability that a person would mark a pixel so. */
export const Calibration = z.object({
  /** probability = σ(slope · logit + offset) */
  slope: z.number().positive(),
  offset: z.number(),
  /** Pixels of at least this probability belong to the region. */
  threshold: z.number().min(0).max(1),
})
export type Calibration = z.infer<typeof Calibration>

/** How pixels become instances. */
export const InstanceRule = z.object({
  /** Walks that must end near a pixel for it to be the middle of an instance. */
  leastEnds: z.number().min(1),
  /** Pixels across that most instances of a picture should have as the network sees them; null: pictures keep `scale`. */
  diameter: z.number().positive().nullable(),
  /** Smaller ones are no objects; in pixels that the network sees. */
  smallestArea: z.number().min(1),
})
export type InstanceRule = z.infer<typeof InstanceRule>

/** What a segmentation model must carry beside its weights to answer for an image file. */
export const SegmenterCard = z.object({
  kind: z.literal('segmenter'),
  taskType: ImageType,
  classes: z.array(z.string()).min(1),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Pixels that the network sees for each pixel of the original; for instances only at the first look. */
  scale: z.number().positive().max(4),
  /** Pixels, across and down, for which the network says one thing before its file enlarges the maps. */
  stride: z.union([z.literal(1), z.literal(2)]).default(1),
  /** Side of a training crop, in pixels. */
  cropSide: z.int().positive(),
  /** By class. */
  calibrations: z.array(Calibration),
  /** Null: touching objects are not told apart. */
  instances: InstanceRule.nullable(),
  /** `fingerprintItems` of what it was trained on. */
  trainedOn: z.string(),
})
export type SegmenterCard = z.infer<typeof SegmenterCard>
