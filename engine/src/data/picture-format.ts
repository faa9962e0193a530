import { decodeImage, type PixelFormat, readImageHeader, UnreadableImageError } from './decode-image.ts'

const LOOKED_AT = 64
const SMALLEST = 32
/** Beyond this side a picture is reduced: a network trained from scratch on two cores gains more from more epochs. */
const LARGEST = 128
/** Levels of 255 by which the colours of a grey picture may differ: JPEG and scanners are not exact. */
const GREY_TOLERANCE = 4
const LOOK_SIZE = 32

/**
 * The square a network should see for these files: the median longer side, between 32 and 128 pixels, up to the next
 * multiple of 16 (28 → 32, 80 → 80, 1024 → 128); grey when no picture looked at has colours, whatever its header says,
 * nor more than 8 bits: deep grey is seen in three tones.
 * Looks at 64 files spread over the list; unreadable ones do not count.
 */
export async function choosePictureFormat(files: readonly string[], imageSize: number | null): Promise<PixelFormat> {
  const stride = Math.max(1, files.length / LOOKED_AT)
  const sides: number[] = []
  let isGrey = true
  for (let position = 0; position < files.length; position += stride) {
    const file = files[Math.floor(position)] ?? ''
    try {
      const header = await readImageHeader(file)
      sides.push(Math.max(header.width, header.height))
      if (header.isDeep) isGrey = false
      else if (isGrey && !header.isGrey)
        isGrey = isColourless(await decodeImage(file, { size: LOOK_SIZE, channels: 3 }))
    } catch (error) {
      if (!(error instanceof UnreadableImageError)) throw error
    }
  }
  return { size: imageSize ?? chooseSize(sides), channels: isGrey ? 1 : 3 }
}

function chooseSize(sides: number[]): number {
  const median = sides.sort((a, b) => a - b)[Math.floor(sides.length / 2)] ?? SMALLEST
  return Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(median / 16) * 16))
}

/** [pixel, 3] uint8: whether red, green and blue agree nearly everywhere. */
function isColourless(pixels: Uint8Array): boolean {
  let coloured = 0
  for (let at = 0; at < pixels.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3)
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > GREY_TOLERANCE) coloured += 1
  }
  return coloured <= pixels.length / 3 / 100
}
