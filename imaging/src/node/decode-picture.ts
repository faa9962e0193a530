import sharp, { type Metadata, type Sharp } from 'sharp'
import { BmpError } from '../bmp/bmp-header.ts'
import { decodeBmp } from '../bmp/decode-bmp.ts'
import { checkExtent, type DecodeLimits } from '../decode-limits.ts'
import { decodeDicom } from '../dicom/decode-dicom.ts'
import { isDicom } from '../dicom/read-dicom.ts'
import { NO_CALIBRATION } from '../frames/calibration.ts'
import { CHANNELS, type ColourModel, type Frames, SAMPLE_ARRAYS, type SampleType } from '../frames/frames.ts'
import { PictureError } from '../picture-error.ts'
import { recogniseFormat } from '../recognise-format.ts'

const MAX_SECONDS = 60

const DEPTHS: Record<string, { type: SampleType; bits: number; name: keyof typeof RAW_DEPTHS }> = {
  uchar: { type: 'u8', bits: 8, name: 'uchar' },
  char: { type: 'i8', bits: 8, name: 'char' },
  ushort: { type: 'u16', bits: 16, name: 'ushort' },
  short: { type: 'i16', bits: 16, name: 'short' },
  uint: { type: 'u32', bits: 32, name: 'uint' },
  int: { type: 'i32', bits: 32, name: 'int' },
  float: { type: 'f32', bits: 32, name: 'float' },
  double: { type: 'f64', bits: 64, name: 'double' },
}
const RAW_DEPTHS = { uchar: 1, char: 1, ushort: 2, short: 2, uint: 4, int: 4, float: 4, double: 8 } as const

/**
 * Decodes a picture file of any kind we take, recognised by its content, at its full depth: DICOM, PNG, JPEG, WebP,
 * TIFF (all pages of one size), BMP, first frame of GIF. Pictures stand upright (EXIF orientation applied), palettes and
 * CMYK become RGB. Throws PictureError.
 */
export async function decodePicture(bytes: Uint8Array, limits: DecodeLimits): Promise<Frames> {
  const format = recogniseFormat(bytes)
  if (format === 'dicom' || (format === null && isDicom(bytes))) return decodeDicom(bytes, limits)
  if (format === null) throw new PictureError('unsupported', 'the file is no picture of a kind that is taken')
  if (format === 'bmp') return fromBmp(bytes, limits)
  try {
    return await decodeWithSharp(bytes, limits, format === 'tiff')
  } catch (cause) {
    if (cause instanceof PictureError) throw cause
    const reason = cause instanceof Error ? cause.message : ''
    if (/pixel limit/i.test(reason)) throw new PictureError('too-large', 'too many pixels', { cause })
    throw new PictureError('damaged', 'the picture cannot be decoded to its end', { cause })
  }
}

async function decodeWithSharp(bytes: Uint8Array, limits: DecodeLimits, hasPages: boolean): Promise<Frames> {
  const options = { limitInputPixels: limits.maxPixels, failOn: 'warning', sequentialRead: true } as const
  const metadata = await sharp(bytes, options).metadata()
  const pages = hasPages ? (metadata.pages ?? 1) : 1
  const depth = DEPTHS[metadata.depth ?? '']
  if (!depth) throw new PictureError('unsupported', `samples of kind ${metadata.depth}`)
  const colour = colourOf(metadata)
  const { width, height } = metadata.autoOrient
  const extent = {
    width,
    height,
    frames: pages,
    samplesPerPixel: CHANNELS[colour],
    bytesPerSample: RAW_DEPTHS[depth.name],
  }
  checkExtent(extent, limits)
  const ArrayType = SAMPLE_ARRAYS[depth.type]
  const pageLength = width * height * CHANNELS[colour]
  const samples = new ArrayType(pageLength * pages)
  for (let page = 0; page < pages; page += 1) {
    const picture = sharp(bytes, { ...options, page, pages: 1 })
    const shown = inColour(picture.autoOrient(), colour, depth.type).raw({ depth: depth.name })
    const { data, info } = await shown.timeout({ seconds: MAX_SECONDS }).toBuffer({ resolveWithObject: true })
    if (info.width !== width || info.height !== height || info.channels !== CHANNELS[colour]) {
      throw new PictureError('unsupported', `page ${page + 1} differs in size or channels from the first`)
    }
    samples.set(
      new ArrayType(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer),
      page * pageLength,
    )
  }
  return {
    width,
    height,
    frames: pages,
    colour,
    sampleType: depth.type,
    bitsStored: depth.bits,
    calibrations: [NO_CALIBRATION],
    samples,
  }
}

function colourOf({ channels, hasAlpha, space }: Metadata): ColourModel {
  if (space === 'cmyk') return 'rgb'
  if (channels === 1) return 'grey'
  return hasAlpha ? 'rgba' : 'rgb'
}

/** Asks for the colour space that keeps the depth: otherwise everything would be made 8 bits. */
function inColour(picture: Sharp, colour: ColourModel, type: SampleType): Sharp {
  if (type === 'u8') return picture.toColourspace(colour === 'grey' ? 'b-w' : 'srgb')
  if (type === 'u16') return picture.toColourspace(colour === 'grey' ? 'grey16' : 'rgb16')
  return colour === 'grey' ? picture.toColourspace('b-w') : picture
}

function fromBmp(bytes: Uint8Array, limits: DecodeLimits): Frames {
  try {
    const { width, height, channels, data } = decodeBmp(bytes, limits.maxPixels)
    const colour = channels === 1 ? 'grey' : 'rgb'
    const calibrations = [NO_CALIBRATION]
    return { width, height, frames: 1, colour, sampleType: 'u8', bitsStored: 8, calibrations, samples: data }
  } catch (cause) {
    if (cause instanceof BmpError) throw new PictureError(cause.kind, cause.message, { cause })
    throw cause
  }
}
