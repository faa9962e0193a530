import { createSamples, integerType, type Samples } from '../frames/frames.ts'
import { PictureError } from '../picture-error.ts'
import type { PixelDescription } from './pixel-description.ts'

export interface NativeLayout {
  isLittleEndian: boolean
  /** Samples of 8 bits that were written as words of 16 (VR OW): in big endian files each pair stands swapped. */
  isInWords: boolean
}

/**
 * Uncompressed pixel data of one or all frames to samples in file order; unused bits are cut off and signed values
 * extended from their stored width. `count` samples are read. Throws PictureError `damaged` when the bytes end early.
 * Source: DICOM PS3.5 section 8.1 and annex D.
 */
export function readNativeSamples(
  bytes: Uint8Array,
  pixels: PixelDescription,
  count: number,
  { isLittleEndian, isInWords }: NativeLayout,
): Samples {
  const needed = Math.ceil((count * pixels.bitsAllocated) / 8)
  if (bytes.length < needed) throw new PictureError('damaged', `${bytes.length} bytes of pixels, ${needed} are needed`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (pixels.floatBits) return readFloats(view, count, pixels.floatBits, isLittleEndian)
  const samples = createSamples(integerType(pixels.bitsStored, pixels.isSigned), count)
  const swap = !isLittleEndian && isInWords ? 1 : 0
  if (pixels.bitsAllocated === 1) {
    for (let index = 0; index < count; index += 1) {
      samples[index] = ((bytes[(index >> 3) ^ swap] ?? 0) >> (index & 7)) & 1
    }
    return samples
  }
  const trim = sampleTrimmer(pixels)
  if (pixels.bitsAllocated === 8) {
    for (let index = 0; index < count; index += 1) samples[index] = trim(bytes[index ^ swap] ?? 0)
  } else if (pixels.bitsAllocated === 16) {
    for (let index = 0; index < count; index += 1) samples[index] = trim(view.getUint16(index * 2, isLittleEndian))
  } else {
    for (let index = 0; index < count; index += 1) samples[index] = trim(view.getUint32(index * 4, isLittleEndian))
  }
  return samples
}

/** Keeps the stored bits of a raw word and gives them their sign. */
export function sampleTrimmer({ bitsStored, highBit, isSigned }: PixelDescription): (raw: number) => number {
  const up = 31 - highBit
  const down = 32 - bitsStored
  return isSigned ? (raw) => (raw << up) >> down : (raw) => (raw << up) >>> down
}

function readFloats(view: DataView, count: number, bits: 32 | 64, isLittleEndian: boolean): Samples {
  const samples = createSamples(bits === 32 ? 'f32' : 'f64', count)
  for (let index = 0; index < count; index += 1) {
    samples[index] =
      bits === 32 ? view.getFloat32(index * 4, isLittleEndian) : view.getFloat64(index * 8, isLittleEndian)
  }
  return samples
}
