import { decodeImage, type PixelFormat } from '../../data/decode-image.ts'
import { measurePictures } from '../../data/picture-statistics.ts'
import type { PictureSet } from './batches.ts'
import { cutMarks } from './cut-marks.ts'

const THUMBNAIL = 32
const MARK_SIZE = 16
/** Statistics need no more pictures than this. */
const MEASURED = 300

/** Brightness of the pictures, from thumbnails. */
export async function measureBrightness(files: readonly string[], channels: 1 | 3) {
  const format: PixelFormat = { size: THUMBNAIL, channels }
  const stride = Math.max(1, Math.ceil(files.length / MEASURED))
  const thumbnails: Uint8Array[] = []
  for (const file of files.filter((_, place) => place % stride === 0)) {
    // One that cannot be read has been named already.
    const pixels = await decodeImage(file, format).catch(() => null)
    if (pixels) thumbnails.push(pixels)
  }
  return measurePictures(thumbnails, format).normalisation
}

/**
 * Whether what is marked has a way up. It is asked of the objects and not of the pictures: a microscope's light falls
 * from one side and says nothing about cells.
 */
export function haveMarksWayUp({ count, read, channels }: PictureSet): boolean {
  const stride = Math.max(1, Math.ceil(count / MEASURED))
  const cuts: Uint8Array[] = []
  for (let position = 0; position < count; position += stride) {
    cuts.push(...cutMarks(read(position), MARK_SIZE, channels))
  }
  return measurePictures(cuts, { size: MARK_SIZE, channels }).isUpright
}
