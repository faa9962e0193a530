import { z } from 'zod'

/** A length or position in pixels of the original image; origin top left, x right, y down; fractions allowed. */
const pixels = z.number().min(-1e6).max(1e6)

/** `[x, y, width, height]` in pixels of the original image. */
export const BoundingBox = z
  .tuple([pixels, pixels, z.number().positive().max(1e6), z.number().positive().max(1e6)])
  .meta({ id: 'BoundingBox' })
export type BoundingBox = z.infer<typeof BoundingBox>

/** `[height, width]` in pixels. */
export const MaskSize = z
  .tuple([z.int().positive().max(200_000), z.int().positive().max(200_000)])
  .meta({ id: 'MaskSize' })

/** COCO run-length encoding: column-major, compressed to the characters `0`..`o`. */
export const CompressedRle = z
  .string()
  .max(50_000_000)
  .regex(/^[0-o]*$/)
  .meta({ id: 'CompressedRle' })
