import {
  AppError,
  because,
  clipBox,
  frameOf,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  measuresOf,
  type Reason,
  rleArea,
  tellReason,
} from '@vesalius/contracts'

/** Of an image, in pixels, and how many frames or pages it has. */
export interface Size {
  width: number
  height: number
  frames: number
}

/**
 * A label whose marks lie on the image: boxes are cut at its border, masks must have its size. Throws LABEL_MISMATCH for
 * a box beside the image, for a mask of another size or of runs that do not make one up, and for a frame that is not there.
 */
export function fitMarks(data: LabelData, { width, height, frames }: Size): LabelData {
  requireFrames(measuresOf(data), frames)
  if (isBoxLabel(data)) {
    requireFrames(data.boxes, frames)
    const boxes = data.boxes.map((mark) => {
      const box = clipBox(mark.box, width, height)
      if (!box) throw mismatch(because`The box "${mark.id}" lies beside the image of ${width} × ${height}.`)
      return { ...mark, box }
    })
    return { ...data, boxes }
  }
  if (isMaskLabel(data)) {
    requireFrames(data.masks, frames)
    requireMasks(data, { width, height })
  }
  return data
}

function requireFrames(marks: readonly { id: string; frame?: number | undefined }[], frames: number): void {
  const outside = marks.find((mark) => frameOf(mark) >= frames)
  if (!outside) return
  throw mismatch(
    because`The mark "${outside.id}" lies on frame ${frameOf(outside)}, the image has ${frames}, counted from 0.`,
  )
}

function requireMasks(
  { size, masks }: Extract<LabelData, { masks: unknown }>,
  { width, height }: Omit<Size, 'frames'>,
): void {
  if (size[0] !== height || size[1] !== width) {
    throw mismatch(because`The masks are ${size[1]} × ${size[0]}, the image is ${width} × ${height}.`)
  }
  for (const { id, rle } of masks) {
    try {
      rleArea(rle, [height, width])
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'it cannot be read'
      throw mismatch(because`The mask "${id}" is damaged: ${reason}.`, cause)
    }
  }
}

function mismatch(told: Reason, cause?: unknown): AppError {
  return new AppError('LABEL_MISMATCH', tellReason(told), { told }, { cause })
}
