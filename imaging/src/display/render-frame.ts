import { type Calibration, type DisplayWindow, NO_CALIBRATION } from '../frames/calibration.ts'
import { CHANNELS, type Frames, type Samples } from '../frames/frames.ts'
import { findRange } from './find-range.ts'
import { grade } from './grade.ts'
import { readLookup } from './lookup.ts'

export interface ShownFrame {
  /** `[row, column, channel]`, 0..255. */
  data: Uint8ClampedArray<ArrayBuffer>
  channels: 1 | 3
}

export interface FrameStyle {
  /** In the unit of the rescaled samples; without it the source's first window or table, else nearly the whole range. */
  window?: DisplayWindow | undefined
  isInverted?: boolean | undefined
}

/**
 * One frame as a screen shows it: rescale or modality table, then window or display table, then inversion; samples that
 * mean "no measurement" are black. Alpha is left out. Source: DICOM PS3.3 C.11.1, C.11.2, C.7.6.3.1.2.
 */
export function renderFrame(picture: Frames, index = 0, style: FrameStyle = {}): ShownFrame {
  const frame = samplesOf(picture, index)
  const channels = CHANNELS[picture.colour]
  if (channels !== 1) return { data: toBytes(frame, channels, picture), channels: 3 }
  const shade = shadeOf(picture, index, style)
  const data = new Uint8ClampedArray(frame.length)
  const table = tabulate(picture, shade)
  if (table)
    for (let at = 0; at < data.length; at += 1) data[at] = table.bytes[(frame[at] as number) - table.least] ?? 0
  else for (let at = 0; at < data.length; at += 1) data[at] = shade(frame[at] as number)
  return { data, channels: 1 }
}

/** The source's first window for a grey frame, or, when it states none, from the 0.5 % to the 99.5 % quantile. */
export function usualWindow(picture: Frames, index = 0): DisplayWindow {
  return calibrationOf(picture, index).windows[0] ?? fullWindow(picture, index)
}

/** Brightness of every sample a picture of one channel can hold: `bytes[sample - least]`, 0..255. */
export interface ShadeTable {
  least: number
  bytes: Uint8ClampedArray<ArrayBuffer>
}

/** As `renderFrame` shows samples of up to 16 bits; null for deeper ones, which are too many for a table. */
export function shadeTable(picture: Frames, index = 0, style: FrameStyle = {}): ShadeTable | null {
  return tabulate(picture, shadeOf(picture, index, style))
}

/** From the 0.5 % to the 99.5 % quantile of a grey frame's values, whatever window the source states. */
export function fullWindow(picture: Frames, index = 0): DisplayWindow {
  const calibration = calibrationOf(picture, index)
  const toValue = modalityOf(calibration)
  const valueOrGap = (sample: number) => (isPadding(sample, calibration) ? Number.NaN : toValue(sample))
  const { low, high } = findRange(samplesOf(picture, index), valueOrGap)
  return { center: (low + high) / 2, width: Math.max(high - low, Number.EPSILON), shape: 'linear-exact' }
}

function shadeOf(picture: Frames, index: number, { window, isInverted = false }: FrameStyle) {
  const calibration = calibrationOf(picture, index)
  const toValue = modalityOf(calibration)
  const [table] = calibration.displayTables
  const isByTable = !window && calibration.windows.length === 0
  const show =
    isByTable && table
      ? (value: number) => (255 * readLookup(table, value)) / (2 ** table.bits - 1)
      : grade(window ?? usualWindow(picture, index))
  const isDark = (picture.colour === 'grey-inverted') !== isInverted
  return (sample: number): number => {
    if (isPadding(sample, calibration)) return 0
    const shown = show(toValue(sample))
    return isDark ? 255 - shown : shown
  }
}

function samplesOf({ width, height, colour, samples }: Frames, index: number): Samples {
  const length = width * height * CHANNELS[colour]
  return samples.subarray(index * length, (index + 1) * length) as Samples
}

export function calibrationOf({ calibrations }: Pick<Frames, 'calibrations'>, index: number): Calibration {
  return calibrations[index] ?? calibrations[0] ?? NO_CALIBRATION
}

/** From a stored sample to what it means, in the source's unit. */
export function modalityOf({ modalityTable, rescale }: Calibration): (sample: number) => number {
  if (modalityTable) return (sample) => readLookup(modalityTable, sample)
  return rescale ? (sample) => rescale.slope * sample + rescale.intercept : (sample) => sample
}

function isPadding(sample: number, { padding }: Calibration): boolean {
  return padding !== null && sample >= padding.low && sample <= padding.high
}

/** All answers at once where there are at most 65,536 different samples. */
function tabulate({ sampleType }: Frames, shade: (sample: number) => number): ShadeTable | null {
  const bits = { u8: 8, i8: 8, u16: 16, i16: 16 }[sampleType as 'u8']
  if (bits === undefined) return null
  const least = sampleType.startsWith('i') ? -(2 ** (bits - 1)) : 0
  return { least, bytes: Uint8ClampedArray.from({ length: 2 ** bits }, (_, at) => shade(at + least)) }
}

function toBytes(frame: Samples, channels: 3 | 4, { bitsStored }: Frames): Uint8ClampedArray<ArrayBuffer> {
  const scale = 255 / (2 ** bitsStored - 1)
  const data = new Uint8ClampedArray((frame.length / channels) * 3)
  for (let from = 0, to = 0; from < frame.length; from += channels, to += 3) {
    for (let channel = 0; channel < 3; channel += 1) data[to + channel] = (frame[from + channel] as number) * scale
  }
  return data
}
