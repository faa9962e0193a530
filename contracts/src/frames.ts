import { z } from 'zod'
import { PixelSpacing } from './image.ts'

/** A lookup table: `values[clamp(sample - firstInput)]`, entries of `bits` bits. */
export const LookupTable = z
  .object({ firstInput: z.number(), bits: z.int(), values: z.array(z.number()) })
  .meta({ id: 'LookupTable' })
export type LookupTable = z.infer<typeof LookupTable>

/** One way of showing grey values, as the source states it. */
export const DisplayWindow = z
  .object({ center: z.number(), width: z.number(), shape: z.enum(['linear', 'linear-exact', 'sigmoid']) })
  .meta({ id: 'DisplayWindow' })
export type DisplayWindow = z.infer<typeof DisplayWindow>

/** What turns stored samples into meaning and display; a fact the source does not state is null or empty. */
export const Calibration = z
  .object({
    spacing: PixelSpacing.nullable(),
    /** Height of a pixel to its width, where no spacing is known. */
    pixelAspect: z.number().nullable(),
    /** output = slope × sample + intercept; `unit` as the source names it (HU, OD, US for unspecified, …). */
    rescale: z.object({ slope: z.number(), intercept: z.number(), unit: z.string().nullable() }).nullable(),
    modalityTable: LookupTable.nullable(),
    windows: z.array(DisplayWindow),
    displayTables: z.array(LookupTable),
    /** Samples from `low` to `high` mean "no measurement". */
    padding: z.object({ low: z.number(), high: z.number() }).nullable(),
  })
  .meta({ id: 'Calibration' })
export type Calibration = z.infer<typeof Calibration>

/** A picture as tiles: the whole of it, then halves of it down to a single tile. */
export const ImageTiles = z
  .object({
    /** Pixels of a tile's side; those at the right and lower edge are smaller. */
    side: z.int(),
    /** Level 0 is the picture itself; a pixel of level n is the mean of 2ⁿ × 2ⁿ of its. */
    levels: z.array(z.object({ width: z.int(), height: z.int() })),
    /** PNG tiles hold the very samples of grey pictures, JPEG tiles the colours nearly. */
    encoding: z.enum(['png', 'jpeg']),
    /** Of a sample. */
    bits: z.union([z.literal(8), z.literal(16)]),
  })
  .meta({ id: 'ImageTiles' })
export type ImageTiles = z.infer<typeof ImageTiles>

/** The shape and meaning of an image's samples; `/pixels` gives the samples themselves. */
export const FrameFacts = z
  .object({
    width: z.int(),
    height: z.int(),
    frames: z.int(),
    /** `grey-inverted`: more is darker. */
    colour: z.enum(['grey', 'grey-inverted', 'rgb', 'rgba']),
    sampleType: z.enum(['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'f32', 'f64']),
    bitsStored: z.int(),
    /** One for all frames, or one for each. */
    calibrations: z.array(Calibration),
  })
  .meta({ id: 'FrameFacts' })
export type FrameFacts = z.infer<typeof FrameFacts>
