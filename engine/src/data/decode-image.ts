import { readFile } from 'node:fs/promises'
import { decodeBmp } from '@vesalius/imaging'
import sharp, { type Sharp } from 'sharp'

/**
 * Image files to the square of bytes a network sees. The shape of what is shown is kept: cell types differ by how long
 * a cell is, so squeezing a picture into a square would erase the sign. The free border repeats the edge, which draws
 * no false line; pictures longer than 2:1 are squeezed to 2:1, or most of the square would be border.
 */

export interface PixelFormat {
  /** Side of the square, in pixels. */
  size: number
  /** 1: grey; 3: red, green, blue. */
  channels: 1 | 3
}

/** What the header of an image file says, upright. */
export interface ImageHeader {
  width: number
  height: number
  isGrey: boolean
}

/** The file is missing, damaged, not a picture, too large or too slow to decode. */
export class UnreadableImageError extends Error {
  readonly file: string

  constructor(file: string, reason: string, options?: { cause?: unknown }) {
    super(reason, options)
    this.name = 'UnreadableImageError'
    this.file = file
  }
}

const MAX_PIXELS = 300_000_000
const MAX_SECONDS = 20
const LONGEST_ASPECT = 2
const BITMAP_NAME = /\.bmp$/i
const LOADERS = ['Png', 'Jpeg', 'Webp', 'Tiff', 'Nsgif', 'Heif', 'Magick', 'Jxl', 'Jp2k']

/** Lets sharp open picture formats only (no SVG, PDF, or foreign scripts), one thread per picture, nothing cached. */
export function restrictDecoders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) })
  sharp.concurrency(1)
  sharp.cache(false)
}

/** Width and height in pixels as shown (orientation applied). Throws UnreadableImageError. */
export async function readImageHeader(file: string): Promise<ImageHeader> {
  const { autoOrient, space } = await guard(file, async () => (await openImage(file)).metadata())
  return { width: autoOrient.width, height: autoOrient.height, isGrey: space === 'b-w' || space === 'grey16' }
}

/**
 * Decodes one file to [row, column, channel] uint8, `size`² × channels, row-major. Transparent parts become black;
 * pictures of more than 8 bits are stretched from their 0.5 % to their 99.5 % quantile, since their range is unknown.
 * Throws UnreadableImageError.
 */
export async function decodeImage(file: string, { size, channels }: PixelFormat): Promise<Uint8Array> {
  const { width: fullWidth, height: fullHeight } = await readImageHeader(file)
  const aspect = Math.min(LONGEST_ASPECT, Math.max(1 / LONGEST_ASPECT, fullWidth / fullHeight))
  const width = Math.max(1, Math.round(size * Math.min(1, aspect)))
  const height = Math.max(1, Math.round(size * Math.min(1, 1 / aspect)))
  const left = Math.floor((size - width) / 2)
  const top = Math.floor((size - height) / 2)
  const border = { left, top, right: size - width - left, bottom: size - height - top, extendWith: 'copy' } as const
  return decodePixels(file, { width, height, channels }, (picture) => picture.extend(border))
}

/** Size of a decoded picture. */
export interface PictureSize {
  width: number
  height: number
  channels: 1 | 3
}

/** Decodes one file to [row, column, channel] uint8 of exactly this size; otherwise as `decodeImage`. */
export function decodePicture(file: string, size: PictureSize): Promise<Uint8Array> {
  return decodePixels(file, size, (picture) => picture)
}

async function decodePixels(
  file: string,
  { width, height, channels }: PictureSize,
  finish: (picture: Sharp) => Sharp,
): Promise<Uint8Array> {
  return guard(file, async () => {
    const { depth, hasAlpha } = await (await openImage(file)).metadata()
    const isDeep = depth !== 'uchar'
    const isFloating = depth === 'float' || depth === 'double'
    const upright = (await openImage(file)).autoOrient().flatten(hasAlpha === true)
    const pipeline = finish(upright.resize(width, height, { fit: 'fill' })).timeout({ seconds: MAX_SECONDS })
    if (isDeep) {
      const colours = isFloating ? pipeline : pipeline.toColourspace(channels === 1 ? 'grey16' : 'rgb16')
      const { data, info } = await colours.raw({ depth: 'float' }).toBuffer({ resolveWithObject: true })
      const samples = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4)
      return stretchToBytes(takeChannels(samples, info.channels, channels))
    }
    const colours = pipeline.toColourspace(channels === 1 ? 'b-w' : 'srgb')
    const { data, info } = await colours.raw().toBuffer({ resolveWithObject: true })
    return takeChannels(data, info.channels, channels)
  })
}

/** The decoder reads no bitmaps, so those are decoded here first. */
async function openImage(file: string): Promise<Sharp> {
  if (BITMAP_NAME.test(file)) {
    const bytes = await readFile(file)
    if (bytes.toString('latin1', 0, 2) === 'BM') {
      const { data, width, height, channels } = decodeBmp(bytes, MAX_PIXELS)
      return sharp(data, { raw: { width, height, channels }, limitInputPixels: MAX_PIXELS })
    }
  }
  return sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
}

async function guard<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new UnreadableImageError(file, `cannot read this image: ${reason?.replaceAll(file, 'file')}`, { cause })
  }
}

/** [pixel, found] to [pixel, wanted]: the first channels are kept, the last one repeated. */
function takeChannels<Samples extends Uint8Array | Float32Array>(
  samples: Samples,
  found: number,
  wanted: number,
): Samples {
  if (found === wanted) return samples
  const pixels = samples.length / found
  const taken = samples.slice(0, 0).constructor as new (length: number) => Samples
  const result = new taken(pixels * wanted)
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let channel = 0; channel < wanted; channel += 1) {
      result[pixel * wanted + channel] = samples[pixel * found + Math.min(channel, found - 1)] ?? 0
    }
  }
  return result
}

function stretchToBytes(samples: Float32Array): Uint8Array {
  const finite = samples.filter(Number.isFinite).sort()
  const low = finite[Math.floor(finite.length * 0.005)] ?? 0
  const high = finite[Math.ceil(finite.length * 0.995) - 1] ?? low
  const scale = high > low ? 255 / (high - low) : 0
  return Uint8Array.from(samples, (value) => Math.min(255, Math.max(0, Math.round((value - low) * scale))) || 0)
}
