import { NO_CALIBRATION } from '../frames/calibration.ts'
import type { Frames } from '../frames/frames.ts'
import { modalityOf } from './render-frame.ts'

/**
 * What a grey frame measured, at full depth: `[row, column]` float32 in the unit of the modality (HU, …), where more is
 * brighter whatever the file's convention. Samples that mean "no measurement" take the least value measured.
 * Source: DICOM PS3.3 C.11.1, C.7.6.3.1.2.
 */
export function measuredValues({ width, height, colour, samples, calibrations }: Frames, frame: number): Float32Array {
  const calibration = calibrations[frame] ?? calibrations[0] ?? NO_CALIBRATION
  const toValue = modalityOf(calibration)
  const sign = colour === 'grey-inverted' ? -1 : 1
  const { padding } = calibration
  const start = frame * width * height
  const values = new Float32Array(width * height)
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < values.length; at += 1) {
    const sample = samples[start + at] as number
    const isGap = padding !== null && sample >= padding.low && sample <= padding.high
    const value = isGap ? Number.NaN : sign * toValue(sample)
    values[at] = value
    if (value < least) least = value
  }
  const filler = Number.isFinite(least) ? least : 0
  return values.map((value) => (Number.isFinite(value) ? value : filler))
}
