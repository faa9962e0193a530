import { encodeRle, type SegmentationLabelData } from '@vesalius/contracts'
import sharp from 'sharp'
import { UsageError } from './usage-error.ts'

const MAX_PIXELS = 300_000_000
/** More values than this are shades, not classes. */
const MOST_CLASSES = 250

/**
 * A mask picture as label data. Instances: every value over 0 is one object. Classes: a picture of two values marks the
 * first class; else value n marks class n, 0 nothing. Throws UsageError when it cannot be read so.
 */
export async function readMaskImage(
  file: string,
  { classes, hasInstances }: { classes: readonly string[]; hasInstances: boolean },
): Promise<SegmentationLabelData> {
  const { pixels, size } = await readValues(file)
  const values = [...new Set(pixels)].filter((value) => value !== 0).sort((a, b) => a - b)
  if (!hasInstances && values.length > MOST_CLASSES) throw new UsageError(`${file} has shades, not classes`)
  const isTwoValued = values.length <= 1
  const masks = values.map((value, index) => {
    const place = hasInstances || isTwoValued ? 0 : value - 1
    if (place >= classes.length) throw new UsageError(`${file} marks class ${value} of ${classes.length}`)
    return { id: String(index + 1), class: place, rle: encodeRle(pixels, size, { value }) }
  })
  return { key: [...classes], size, masks }
}

async function readValues(file: string): Promise<{ pixels: Uint8Array | Int32Array; size: [number, number] }> {
  try {
    const picture = sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    const { depth, pages } = await picture.metadata()
    if ((pages ?? 1) > 1) throw new Error('it has several pages')
    const isDeep = depth !== 'uchar'
    const grey = picture.toColourspace(isDeep ? 'grey16' : 'b-w').extractChannel(0)
    const { data, info } = await grey.raw({ depth: isDeep ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true })
    const size: [number, number] = [info.height, info.width]
    const samples = new Uint16Array(data.buffer, data.byteOffset, isDeep ? data.byteLength / 2 : 0)
    return { pixels: isDeep ? Int32Array.from(samples) : new Uint8Array(data), size }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`cannot read the mask ${file}: ${reason}`, { cause })
  }
}
