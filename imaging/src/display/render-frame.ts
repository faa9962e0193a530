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
  const { width, height, colour, samples } = picture
  const channels = CHANNELS[colour]
  const length = width * height * channels
  const frame = samples.subarray(index * length, (index + 1) * length) as Samples
  if (channels !== 1) return { data: toBytes(frame, channels, picture), channels: 3 }
  const calibration = picture.calibrations[index] ?? picture.calibrations[0] ?? NO_CALIBRATION
  const isInverted = (colour === 'grey-inverted') !== (style.isInverted ?? false)
  const shade = shadeOf(frame, calibration, style.window, isInverted)
  const data = new Uint8ClampedArray(frame.length)
  const table = tabulate(picture, shade)
  if (table)
    for (let at = 0; at < data.length; at += 1) data[at] = table.bytes[(frame[at] as number) - table.least] ?? 0
  else for (let at = 0; at < data.length; at += 1) data[at] = shade(frame[at] as number)
  return { data, channels: 1 }
}

/** The window that shows a grey frame when the source states none: from its 0.5 % to its 99.5 % quantile. */
export function usualWindow(picture: Frames, index = 0): DisplayWindow {
  const length = picture.width * picture.height
  const calibration = picture.calibrations[index] ?? picture.calibrations[0] ?? NO_CALIBRATION
  const stated = calibration.windows[0]
  if (stated) return stated
  return quantileWindow(picture.samples.subarray(index * length, (index + 1) * length) as Samples, calibration)
}

function quantileWindow(frame: Samples, calibration: Calibration): DisplayWindow {
  const toValue = modalityOf(calibration)
  const { low, high } = findRange(frame, (sample) => (isPadding(sample, calibration) ? Number.NaN : toValue(sample)))
  return { center: (low + high) / 2, width: Math.max(high - low, Number.EPSILON), shape: 'linear-exact' }
}

function shadeOf(
  frame: Samples,
  calibration: Calibration,
  window: DisplayWindow | undefined,
  isInverted: boolean,
): (sample: number) => number {
  const toValue = modalityOf(calibration)
  const [table] = calibration.displayTables
  const stated = window ?? calibration.windows[0]
  const show =
    !stated && table
      ? (value: number) => (255 * readLookup(table, value)) / (2 ** table.bits - 1)
      : grade(stated ?? quantileWindow(frame, calibration))
  return (sample) => {
    if (isPadding(sample, calibration)) return 0
    const shown = show(toValue(sample))
    return isInverted ? 255 - shown : shown
  }
}

function modalityOf({ modalityTable, rescale }: Calibration): (sample: number) => number {
  if (modalityTable) return (sample) => readLookup(modalityTable, sample)
  return rescale ? (sample) => rescale.slope * sample + rescale.intercept : (sample) => sample
}

function isPadding(sample: number, { padding }: Calibration): boolean {
  return padding !== null && sample >= padding.low && sample <= padding.high
}

/** All answers at once where there are at most 65,536 different samples. */
function tabulate({ sampleType }: Frames, shade: (sample: number) => number) {
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
