import { ImageType } from '@vesalius/contracts'
import { z } from 'zod'

/** Turns a peak's heat into the probability that a person would mark a box there. */
export const Calibration = z.object({
  /** probability = σ(slope · logit(heat) + offset) */
  slope: z.number().positive(),
  offset: z.number(),
  /** Boxes of at least this probability are answers; the rest are doubtful. */
  threshold: z.number().min(0).max(1),
})
export type Calibration = z.infer<typeof Calibration>

/** What a detection model must carry beside its weights to answer for an image file. */
export const DetectorCard = z.object({
  kind: z.literal('detector'),
  taskType: ImageType,
  classes: z.array(z.string()).min(1),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Per channel, on the 0..255 scale. */
  mean: z.array(z.number()),
  deviation: z.array(z.number().positive()),
  /** Pixels that the network sees for each pixel of the original. */
  scale: z.number().positive().max(2),
  /** Side of a training view, in pixels. */
  viewSize: z.int().positive(),
  /** Longer side of nearly all boxes, in pixels that the network sees. */
  largestBox: z.number().positive(),
  /** By class. */
  calibrations: z.array(Calibration),
  /** `fingerprintItems` of what it was trained on. */
  trainedOn: z.string(),
})
export type DetectorCard = z.infer<typeof DetectorCard>
