import { readFile } from 'node:fs/promises'
import { decodeBmp } from '@vesalius/imaging'
import sharp, { type Sharp } from 'sharp'
import { deepTones, stretch } from './deep-tones.ts'
import { enlarge } from './enlarge.ts'
import { isDicomFile, openDicomFrame, readDicomFileHeader } from './open-dicom.ts'
import { readAddress } from './picture-address.ts'

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
  /** More than 8 bits a sample. */
  isDeep: boolean
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
const LEAST_SECONDS = 20
/** Of a file: 100 million pixels took 25 s of a core that many others wanted too. */
const SECONDS_PER_MEGAPIXEL = 1
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
  return guard(file, async () => {
    const { file: path } = readAddress(file)
    if (await isDicomFile(path)) {
      const { width, height, isGrey, bitsStored } = await readDicomFileHeader(path)
      return { width, height, isGrey, isDeep: isGrey && bitsStored > 8 }
    }
    const { autoOrient, space, depth } = await (await openImage(file)).metadata()
    const isGrey = space === 'b-w' || space === 'grey16'
    return { width: autoOrient.width, height: autoOrient.height, isGrey, isDeep: depth !== 'uchar' }
  })
}

/**
 * Decodes one file to [row, column, channel] uint8, `size`² × channels, row-major. Transparent parts become black;
 * pictures of more than 8 bits are stretched from their 0.5 % to their 99.5 % quantile, since their range is unknown, and a
 * colour network sees grey ones in three tones (`deepTones`). A file may be named with a frame (`frameAddress`).
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
export async function decodePicture(file: string, wanted: PictureSize): Promise<Uint8Array> {
  const own = await readImageHeader(file)
  const [width, height] = [Math.min(own.width, wanted.width), Math.min(own.height, wanted.height)]
  const size = { width, height, channels: wanted.channels }
  const pixels = await decodePixels(file, size, (picture) => picture)
  return width === wanted.width && height === wanted.height ? pixels : enlarge(pixels, size, wanted)
}

async function decodePixels(
  file: string,
  { width, height, channels }: PictureSize,
  finish: (picture: Sharp) => Sharp,
): Promise<Uint8Array> {
  return guard(file, async () => {
    const { depth, hasAlpha, space, ...size } = await (await openImage(file)).metadata()
    const isDeep = depth !== 'uchar'
    const isGrey = channels === 1 || space === 'b-w' || space === 'grey16'
    const isFloating = depth === 'float' || depth === 'double'
    const upright = (await openImage(file)).autoOrient().flatten(hasAlpha === true)
    const seconds = Math.ceil(Math.max(LEAST_SECONDS, (SECONDS_PER_MEGAPIXEL * size.width * size.height) / 1e6))
    const pipeline = finish(upright.resize(width, height, { fit: 'fill' })).timeout({ seconds })
    if (isDeep) {
      const colours = isFloating ? pipeline : pipeline.toColourspace(isGrey ? 'grey16' : 'rgb16')
      const { data, info } = await colours.raw({ depth: 'float' }).toBuffer({ resolveWithObject: true })
      const samples = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4)
      if (info.channels === 1 && channels === 3) return deepTones(finite(samples), info)
      const wanted = finite(takeChannels(samples, info.channels, channels))
      return stretch(wanted, wanted.slice().sort())
    }
    const colours = pipeline.toColourspace(channels === 1 ? 'b-w' : 'srgb')
    const { data, info } = await colours.raw().toBuffer({ resolveWithObject: true })
    return takeChannels(data, info.channels, channels)
  })
}

/** The decoder reads no bitmaps, so those are decoded here first. */
async function openImage(address: string): Promise<Sharp> {
  const { file, frame } = readAddress(address)
  if (await isDicomFile(file)) return openDicomFrame(file, frame)
  if (BITMAP_NAME.test(file)) {
    const bytes = await readFile(file)
    if (bytes.toString('latin1', 0, 2) === 'BM') {
      const { data, width, height, channels } = decodeBmp(bytes, MAX_PIXELS)
      return sharp(data, { raw: { width, height, channels }, limitInputPixels: MAX_PIXELS })
    }
  }
  const page = frame > 0 ? { page: frame } : {}
  return sharp(file, { ...page, limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
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

/** What is no number becomes the least that is one. */
function finite(samples: Float32Array): Float32Array {
  if (samples.every(Number.isFinite)) return samples
  const least = samples.filter(Number.isFinite).reduce((min, value) => Math.min(min, value), Number.POSITIVE_INFINITY)
  return samples.map((value) => (Number.isFinite(value) ? value : Number.isFinite(least) ? least : 0))
}
