import { AppError, clipBox, isBoxLabel, isMaskLabel, type LabelData, rleArea } from '@vesalius/contracts'

/** Of an image, in pixels. */
export interface Size {
  width: number
  height: number
}

/**
 * A label whose marks lie on the image: boxes are cut at its border, masks must have its size. Throws LABEL_MISMATCH for
 * a box beside the image and for a mask of another size or of runs that do not make one up.
 */
export function fitMarks(data: LabelData, { width, height }: Size): LabelData {
  if (isBoxLabel(data)) {
    const boxes = data.boxes.map((mark) => {
      const box = clipBox(mark.box, width, height)
      if (!box)
        throw new AppError('LABEL_MISMATCH', `The box "${mark.id}" lies beside the image of ${width} × ${height}.`)
      return { ...mark, box }
    })
    return { ...data, boxes }
  }
  if (isMaskLabel(data)) requireMasks(data, { width, height })
  return data
}

function requireMasks({ size, masks }: Extract<LabelData, { masks: unknown }>, { width, height }: Size): void {
  if (size[0] !== height || size[1] !== width) {
    throw new AppError('LABEL_MISMATCH', `The masks are ${size[1]} × ${size[0]}, the image is ${width} × ${height}.`)
  }
  for (const { id, rle } of masks) {
    try {
      rleArea(rle, [height, width])
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'it cannot be read'
      throw new AppError('LABEL_MISMATCH', `The mask "${id}" is damaged: ${reason}.`, {}, { cause })
    }
  }
}
