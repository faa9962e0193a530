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
