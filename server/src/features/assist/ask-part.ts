import { AppError, type BoundingBox, clipBox } from '@vesalius/contracts'
import type { Size } from '../labels/fit-marks.ts'

/** A part of an image in whole pixels. */
export interface Part extends Size {
  left: number
  top: number
}

/** What is asked about: a box, or a place whose object is wanted. */
export interface Region {
  box?: BoundingBox
  point?: { x: number; y: number }
}

/** The model sees so much around what is asked about, so that an object at the edge is seen whole. */
const MARGIN = 64
/** Half the side of what is seen around a place. */
const REACH = 192
/** More is a job for the whole image, not for somebody who waits. */
const MOST_PIXELS = 4096 * 4096

/**
 * What the model is shown for a question, inside the image. Throws VALIDATION_FAILED for a question beside the image and
 * for one about too much of it.
 */
export function partFor({ box, point }: Region, { width, height }: Size): Part {
  const asked: BoundingBox = box ?? [point?.x ?? -1, point?.y ?? -1, 1, 1]
  const isInside = box
    ? clipBox(box, width, height) !== null
    : asked[0] >= 0 && asked[1] >= 0 && asked[0] < width && asked[1] < height
  if (!isInside) throw new AppError('VALIDATION_FAILED', `The region lies beside the image of ${width} × ${height}.`)
  const margin = box ? MARGIN : REACH
  const left = Math.max(0, Math.floor(asked[0] - margin))
  const top = Math.max(0, Math.floor(asked[1] - margin))
  const right = Math.min(width, Math.ceil(asked[0] + asked[2] + margin))
  const bottom = Math.min(height, Math.ceil(asked[1] + asked[3] + margin))
  const part = { left, top, width: right - left, height: bottom - top, frames: 1 }
  if (part.width * part.height > MOST_PIXELS) {
    throw new AppError('VALIDATION_FAILED', 'The region is too large. Ask about the whole image instead.')
  }
  return part
}
