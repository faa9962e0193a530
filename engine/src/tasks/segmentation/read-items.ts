import { readImageHeader, UnreadableImageError } from '../../data/decode-image.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { MarkedItem } from '../../runner/messages.ts'
import { measureThickness } from './choose-scale.ts'
import { boxesOf, medianDiameter } from './instance-boxes.ts'
import type { SegmenterSpec } from './network-spec.ts'
import { type LabelMask, paintLabel, readMasks, UnreadableMasksError } from './read-masks.ts'
import type { Size } from './seen-picture.ts'

/** An item that could be read, before its pixels were: size and masks in pixels of the original. */
export interface MaskedPicture extends Size {
  index: number
  masks: LabelMask[]
  thicknesses: number[]
  /** Median of its instances; null: too few, or not told apart. */
  diameter: number | null
}

export interface SkippedItem {
  imageId: string
  reason: string
}

/**
 * Reads labels and headers. Items that cannot be read are named in `skipped`. Throws TrainingError
 * NOT_ENOUGH_ANNOTATIONS when nothing is marked in what is left.
 */
export async function readItems(
  items: readonly MarkedItem[],
  classes: readonly string[],
  spec: SegmenterSpec,
): Promise<{ pictures: MaskedPicture[]; skipped: SkippedItem[] }> {
  const pictures: MaskedPicture[] = []
  const skipped: SkippedItem[] = []
  for (const [index, { imageId, file, labelFile }] of items.entries()) {
    try {
      const { width, height } = await readImageHeader(file)
      const masks = await readMasks(labelFile, classes, { width, height })
      const label = paintLabel(masks, { width, height }, spec)
      const boxes = label.instances ? [...boxesOf(label.instances, width).values()] : []
      const diameter = medianDiameter(boxes.map(({ area }) => area))
      pictures.push({ index, width, height, masks, diameter, thicknesses: measureThickness(label) })
    } catch (error) {
      skipped.push({ imageId, reason: reasonOf(error) })
    }
  }
  if (!pictures.some(({ thicknesses }) => thicknesses.length > 0)) {
    const message = 'mark regions in at least one readable image before training'
    throw new TrainingError('NOT_ENOUGH_ANNOTATIONS', message)
  }
  return { pictures, skipped }
}

/** Why an item is left out; throws what is no fault of the item. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableImageError || error instanceof UnreadableMasksError) return error.message
  throw error
}
