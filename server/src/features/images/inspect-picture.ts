import { readFile } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'
import { checkGifStructure } from './gif-structure.ts'
import { openPicture } from './open-picture.ts'
import { PictureError, tooManyPixels } from './picture-error.ts'
import type { PictureFormat } from './picture-format.ts'
import type { InspectTask, PictureFacts } from './picture-protocol.ts'

const DECODER_NAMES: Readonly<Partial<Record<PictureFormat, string>>> = {
  png: 'png',
  jpg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  tif: 'tiff',
}
const BIT_DEPTHS: Readonly<Record<string, number>> = {
  char: 8,
  uchar: 8,
  short: 16,
  ushort: 16,
  int: 32,
  uint: 32,
  float: 32,
  double: 64,
}
/** Up to this many pixels the whole picture is decoded into memory, which is faster than streaming through it. */
const IN_MEMORY_PIXELS = 32_000_000
/** What many cameras and scanners write and every viewer shows without loss. */
const HARMLESS = /Invalid SOS parameters|extraneous bytes before marker 0xd9/i

/** Samples of 8 bits as they were decoded to check the file: `[height, width, channels]`, row-major, upright. */
export interface DecodedPicture {
  data: Uint8Array
  width: number
  height: number
  channels: number
}

/**
 * Decodes the whole first frame of a file and says what it is; `decoded` is null where the samples are not kept or are
 * of another kind. Throws PictureError or what the decoder throws.
 */
export async function inspectPicture(
  task: InspectTask,
  maxPixels: number,
): Promise<{ facts: PictureFacts; decoded: DecodedPicture | null }> {
  if (task.format === 'gif') checkGifStructure(await readFile(task.file))
  const metadata = await readMetadata(task, maxPixels)
  const data = await decodeToEnd(task, metadata, maxPixels)
  const { width, height } = metadata.autoOrient
  const { channels } = metadata
  const frames = task.format === 'tif' ? (metadata.pages ?? 1) : 1
  const facts = { width, height, channels, frames, bitDepth: BIT_DEPTHS[metadata.depth] ?? 8, spacing: null }
  const isPlain = data?.length === width * height * channels && metadata.depth === 'uchar' && isUpright(metadata)
  return { facts, decoded: isPlain ? { data, width, height, channels } : null }
}

/** Reads the header alone, so that the size is known before anything is allocated for the pixels. */
async function readMetadata({ file, format }: InspectTask, maxPixels: number): Promise<Metadata> {
  const picture =
    format === 'bmp'
      ? await openPicture(file, { format, maxPixels, failOn: 'error' })
      : sharp(file, { limitInputPixels: false })
  const metadata = await picture.metadata()
  if (format !== 'bmp' && metadata.format !== DECODER_NAMES[format]) {
    throw new PictureError('FILE_DAMAGED', 'The file begins like one format and goes on like another.')
  }
  if (metadata.width * metadata.height > maxPixels) throw tooManyPixels(metadata.width, metadata.height, maxPixels)
  return metadata
}

function isUpright({ orientation, space }: Metadata): boolean {
  return (orientation === undefined || orientation === 1) && (space === 'srgb' || space === 'b-w')
}

/** Answers the samples, where they fit in memory. */
async function decodeToEnd(
  { file, format }: InspectTask,
  metadata: Metadata,
  maxPixels: number,
): Promise<Uint8Array | null> {
  const decode = async (failOn: 'warning' | 'error') => {
    const picture = await openPicture(file, { format, maxPixels, failOn })
    if (metadata.width * metadata.height <= IN_MEMORY_PIXELS) return picture.raw().toBuffer()
    await picture.stats()
    return null
  }
  try {
    return await decode('warning')
  } catch (error) {
    if (!(error instanceof Error && HARMLESS.test(error.message))) throw error
    return decode('error')
  }
}
