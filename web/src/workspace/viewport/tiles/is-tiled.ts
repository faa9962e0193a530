import type { Image } from '@vesalius/contracts'

const MOST_PIXELS = 4096 ** 2
/** What a graphics card takes for certain; medical frames, which come at full depth, may be this large. */
const LONGEST_SIDE = 8192
const DICOM = 'dcm'

/** Whether an image is shown by tiles: too large to be fetched, decoded and held whole. */
export function isTiled({ width, height, type }: Pick<Image, 'width' | 'height' | 'type'>): boolean {
  if (Math.max(width, height) > LONGEST_SIDE) return true
  return type !== DICOM && width * height > MOST_PIXELS
}
