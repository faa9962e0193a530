import { decodeStream } from '../codecs/decode-stream.ts'
import { checkExtent, type DecodeLimits } from '../decode-limits.ts'
import {
  type ColourModel,
  createSamples,
  type Frames,
  integerType,
  type Samples,
  type SampleType,
} from '../frames/frames.ts'
import { PictureError } from '../picture-error.ts'
import { readCalibrations } from './calibration.ts'
import { applyPalette, convertLumaToRgb, expandHalfChroma, interleave, readPalette } from './colour.ts'
import type { DataSet } from './data-set.ts'
import { groupFragments } from './frame-fragments.ts'
import { readNativeSamples, sampleTrimmer } from './native-samples.ts'
import { describePixels, type PixelDescription } from './pixel-description.ts'
import { type DicomFile, readDicom } from './read-dicom.ts'
import { decodeRunLength } from './run-length.ts'
import { TAG } from './tags.ts'

/** Decodes the image of a DICOM file. Throws PictureError; nothing is allocated before the stated size is checked. */
export async function decodeDicom(bytes: Uint8Array, limits: DecodeLimits): Promise<Frames> {
  return decodeDicomFile(await readDicom(bytes, limits.maxBytes), limits)
}

/** The image of a file that was read already. */
export async function decodeDicomFile({ dataSet, transferSyntax }: DicomFile, limits: DecodeLimits): Promise<Frames> {
  const pixels = describePixels(dataSet)
  const hasPalette = pixels.photometric === 'PALETTE COLOR'
  const bytesPerSample = hasPalette ? 2 : Math.max(1, pixels.bitsAllocated >> 3)
  checkExtent({ ...extentOf(pixels), samplesPerPixel: hasPalette ? 3 : pixels.samplesPerPixel, bytesPerSample }, limits)
  const stored = dataSet.elements.get(TAG.pixelData)?.fragments
    ? await decodeEncapsulated(dataSet, transferSyntax.pixels, pixels)
    : decodeNative(dataSet, pixels)
  const shape = { width: pixels.width, height: pixels.height, frames: pixels.frames }
  const calibrations = readCalibrations(dataSet, pixels.frames, pixels.isSigned)
  if (hasPalette) {
    const palette = readPalette(dataSet, pixels.isSigned)
    const sampleType = integerType(palette.bits, false)
    const samples = applyPalette(stored, palette)
    return { ...shape, colour: 'rgb', sampleType, bitsStored: palette.bits, calibrations, samples }
  }
  const sampleType = typeOf(pixels)
  return {
    ...shape,
    colour: colourOf(pixels),
    sampleType,
    bitsStored: pixels.bitsStored,
    calibrations,
    samples: stored,
  }
}

function extentOf({ width, height, frames }: PixelDescription) {
  return { width, height, frames }
}

function typeOf({ floatBits, bitsStored, isSigned }: PixelDescription): SampleType {
  if (floatBits) return floatBits === 32 ? 'f32' : 'f64'
  return integerType(bitsStored, isSigned)
}

function colourOf({ photometric }: PixelDescription): ColourModel {
  if (photometric === 'MONOCHROME1') return 'grey-inverted'
  return photometric === 'MONOCHROME2' ? 'grey' : 'rgb'
}

function decodeNative(dataSet: DataSet, pixels: PixelDescription): Samples {
  const element = [TAG.pixelData, TAG.floatPixelData, TAG.doublePixelData]
    .map((tag) => dataSet.elements.get(tag))
    .find((found) => found !== undefined)
  const bytes = element?.value ?? new Uint8Array(0)
  const isHalved = pixels.photometric === 'YBR_FULL_422'
  if (isHalved && (pixels.width % 2 === 1 || pixels.bitsAllocated !== 8)) {
    throw new PictureError('unsupported', 'YBR_FULL_422 of odd width or more than 8 bits')
  }
  const count = pixels.width * pixels.height * pixels.frames * (isHalved ? 2 : pixels.samplesPerPixel)
  const layout = { isLittleEndian: dataSet.encoding.isLittleEndian, isInWords: element?.vr !== 'OB' }
  const raw = readNativeSamples(bytes, pixels, count, layout)
  if (isHalved) return toRgb(expandHalfChroma(raw), pixels)
  return toRgb(pixels.isPlanar ? interleave(raw, pixels.frames) : raw, pixels)
}

async function decodeEncapsulated(
  dataSet: DataSet,
  coding: DicomFile['transferSyntax']['pixels'],
  pixels: PixelDescription,
): Promise<Samples> {
  if (coding === 'native') throw new PictureError('damaged', 'compressed pixels in an uncompressed transfer syntax')
  const fragments = dataSet.elements.get(TAG.pixelData)?.fragments ?? []
  const streams = groupFragments(fragments, pixels.frames, readExtendedOffsets(dataSet))
  const frameLength = pixels.width * pixels.height * pixels.samplesPerPixel
  const all = createSamples(typeOf(pixels), frameLength * pixels.frames)
  for (const [index, stream] of streams.entries()) {
    const frame = coding === 'rle' ? decodeRle(stream, pixels) : await decodeFrame(coding, stream, pixels)
    all.set(frame, index * frameLength)
  }
  return all
}

function decodeRle(stream: Uint8Array, pixels: PixelDescription): Samples {
  const pixelCount = pixels.width * pixels.height
  const bytes = decodeRunLength(stream, pixelCount, pixels.samplesPerPixel, Math.max(1, pixels.bitsAllocated >> 3))
  const layout = { isLittleEndian: true, isInWords: false }
  return toRgb(readNativeSamples(bytes, pixels, pixelCount * pixels.samplesPerPixel, layout), pixels)
}

async function decodeFrame(
  coding: 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k',
  stream: Uint8Array,
  pixels: PixelDescription,
): Promise<Samples> {
  const size = { width: pixels.width, height: pixels.height, components: pixels.samplesPerPixel }
  const { samples, isSigned, isRgb } = await decodeStream(coding, stream, size)
  const isConverted = isRgb || pixels.photometric === 'YBR_ICT' || pixels.photometric === 'YBR_RCT'
  const trim = sampleTrimmer({ ...pixels, highBit: pixels.bitsStored - 1 })
  // Lossy streams overshoot the stored bits a little: cutting bits off would turn white into black.
  if (!isSigned && pixels.isSigned) for (let at = 0; at < samples.length; at += 1) samples[at] = trim(samples[at] ?? 0)
  return isConverted ? samples : toRgb(samples, pixels)
}

function toRgb(samples: Samples, { photometric, bitsStored }: PixelDescription): Samples {
  if (photometric === 'YBR_FULL' || photometric === 'YBR_FULL_422') convertLumaToRgb(samples, bitsStored)
  return samples
}

function readExtendedOffsets(dataSet: DataSet): number[] | null {
  const bytes = dataSet.bytes(TAG.extendedOffsets)
  if (!bytes) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length >> 3 }, (_, index) => Number(view.getBigUint64(index * 8, true)))
}
