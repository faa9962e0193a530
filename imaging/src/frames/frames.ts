import type { Calibration } from './calibration.ts'

/** Sample types by name; the letters are those of the file form. */
export const SAMPLE_ARRAYS = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const

export type SampleType = keyof typeof SAMPLE_ARRAYS
export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/** `grey`: more is brighter. `grey-inverted`: more is darker (MONOCHROME1). `rgb`, `rgba`: palettes already applied. */
export type ColourModel = 'grey' | 'grey-inverted' | 'rgb' | 'rgba'

export const CHANNELS: Record<ColourModel, 1 | 3 | 4> = { grey: 1, 'grey-inverted': 1, rgb: 3, rgba: 4 }

/**
 * One decoded picture at full depth. `samples` is `[frame, row, column, channel]`, row-major, as stored in the source:
 * rescale, windows and tables are told in `calibrations` and not applied.
 */
export interface Frames {
  width: number
  height: number
  frames: number
  colour: ColourModel
  sampleType: SampleType
  /** Bits of a sample that carry information; the range is 0..2^n-1, or -2^(n-1).. for signed types. */
  bitsStored: number
  /** One for all frames, or one for each. */
  calibrations: Calibration[]
  samples: Samples
}

/** The smallest whole-number type that holds `bits` (1..32). */
export function integerType(bits: number, isSigned: boolean): SampleType {
  const size = bits <= 8 ? 8 : bits <= 16 ? 16 : 32
  return `${isSigned ? 'i' : 'u'}${size}` as SampleType
}

export function createSamples(type: SampleType, length: number): Samples {
  return new SAMPLE_ARRAYS[type](length)
}
