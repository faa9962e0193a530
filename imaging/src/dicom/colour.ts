import type { LookupTable } from '../frames/calibration.ts'
import type { Samples } from '../frames/frames.ts'
import { PictureError } from '../picture-error.ts'
import { readLookupTable } from './calibration.ts'
import type { DataSet } from './data-set.ts'
import { TAG } from './tags.ts'

/** One colour plane after another (`[frame, channel, pixel]`) to `[frame, pixel, channel]`. */
export function interleave<Kind extends Samples>(planar: Kind, frames: number): Kind {
  const output = planar.slice() as Kind
  const pixels = planar.length / frames / 3
  for (let frame = 0; frame < frames; frame += 1) {
    const base = frame * pixels * 3
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        output[base + pixel * 3 + channel] = planar[base + channel * pixels + pixel] ?? 0
      }
    }
  }
  return output
}

/** Native YBR_FULL_422 (two luma, then one blue and one red difference for both) to three samples per pixel. */
export function expandHalfChroma<Kind extends Samples>(packed: Kind): Kind {
  const output = new (packed.constructor as new (length: number) => Kind)((packed.length / 2) * 3)
  for (let from = 0, to = 0; from < packed.length; from += 4, to += 6) {
    const [first = 0, second = 0, blue = 0, red = 0] = packed.subarray(from, from + 4)
    output.set([first, blue, red, second, blue, red], to)
  }
  return output
}

/**
 * Luma and colour differences to red, green, blue, in place; `[pixel, 3]`, unsigned samples of `bits` bits, full range,
 * rounded to nearest and clamped. Source: DICOM PS3.3 section C.7.6.3.1.2 (the inverse of YBR_FULL).
 */
export function convertLumaToRgb(samples: Samples, bits: number): void {
  const half = 2 ** (bits - 1)
  const highest = 2 ** bits - 1
  const clamp = (value: number) => Math.min(highest, Math.max(0, Math.floor(value + 0.5)))
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const luma = samples[at] ?? 0
    const blue = (samples[at + 1] ?? 0) - half
    const red = (samples[at + 2] ?? 0) - half
    samples[at] = clamp(luma + 1.402 * red)
    samples[at + 1] = clamp(luma - ((0.114 * 1.772) / 0.587) * blue - ((0.299 * 1.402) / 0.587) * red)
    samples[at + 2] = clamp(luma + 1.772 * blue)
  }
}

export interface Palette {
  bits: 8 | 16
  channels: [LookupTable, LookupTable, LookupTable]
}

/** The three tables of a PALETTE COLOR image. Throws PictureError. Source: DICOM PS3.3 section C.7.9. */
export function readPalette(dataSet: DataSet, isSigned: boolean): Palette {
  if (dataSet.elements.has(TAG.segmentedRedTable) && !dataSet.elements.has(TAG.redTable)) {
    throw new PictureError('unsupported', 'segmented palettes are not supported')
  }
  const tables = [0, 1, 2].map((channel) =>
    readLookupTable(dataSet, TAG.redDescriptor + channel, TAG.redTable + channel, isSigned),
  )
  const [red, green, blue] = tables
  if (!red || !green || !blue) throw new PictureError('damaged', 'the palette is missing or ends early')
  return { bits: red.bits > 8 ? 16 : 8, channels: [red, green, blue] }
}

/** Palette indices to `[pixel, 3]` samples of the palette's depth; indices beyond an end take the nearest entry. */
export function applyPalette(indices: Samples, { bits, channels }: Palette): Uint8Array | Uint16Array {
  const output = new (bits === 8 ? Uint8Array : Uint16Array)(indices.length * 3)
  channels.forEach(({ firstInput, values }, channel) => {
    for (let pixel = 0; pixel < indices.length; pixel += 1) {
      const index = Math.min(values.length - 1, Math.max(0, (indices[pixel] ?? 0) - firstInput))
      output[pixel * 3 + channel] = values[index] ?? 0
    }
  })
  return output
}
