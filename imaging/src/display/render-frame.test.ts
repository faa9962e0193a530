import { describe, expect, it } from 'vitest'
import { type Calibration, NO_CALIBRATION } from '../frames/calibration.ts'
import type { Frames } from '../frames/frames.ts'
import { renderFrame, usualWindow } from './render-frame.ts'

function grey(samples: Int16Array | Float32Array, calibration: Partial<Calibration> = {}): Frames {
  return {
    ...{ width: samples.length, height: 1, frames: 1, colour: 'grey', bitsStored: 16 },
    sampleType: samples instanceof Int16Array ? 'i16' : 'f32',
    calibrations: [{ ...NO_CALIBRATION, ...calibration }],
    samples,
  }
}
const shown = (...given: Parameters<typeof renderFrame>) => [...renderFrame(...given).data]
const linear = (center: number, width: number) => ({ center, width, shape: 'linear' as const })

describe('a frame on a screen', () => {
  it('follows the formulas of the standard for linear, exact and sigmoid windows', () => {
    const picture = grey(Int16Array.of(-1000, -161, 40, 240, 3000))
    expect(shown(picture, 0, { window: linear(40, 400) })).toEqual([0, 0, 128, 255, 255])
    expect(shown(picture, 0, { window: { center: 40, width: 400, shape: 'linear-exact' } })).toEqual([
      0, 0, 128, 255, 255,
    ])
    const sigmoid = shown(picture, 0, { window: { center: 40, width: 400, shape: 'sigmoid' } })
    expect(sigmoid).toEqual([0, 30, 128, 225, 255])
    expect(shown(grey(Int16Array.of(0, 1, 2)), 0, { window: linear(1, 1) })).toEqual([0, 255, 255])
  })

  it('shows rescaled values by the window of the source', () => {
    const rescale = { slope: 2, intercept: -1024, unit: 'HU' }
    expect(shown(grey(Int16Array.of(0, 512, 1024), { rescale, windows: [linear(0.5, 2049)] }))).toEqual([0, 128, 255])
  })

  it('reads tables, and takes their ends for what lies outside', () => {
    const modalityTable = { firstInput: 0, bits: 16, values: [10, 20, 30] }
    const displayTables = [{ firstInput: 10, bits: 8, values: Array.from({ length: 21 }, (_, at) => at * 12) }]
    expect(shown(grey(Int16Array.of(-5, 1, 9), { modalityTable, displayTables }))).toEqual([0, 120, 240])
  })

  it('is inverted for MONOCHROME1 or on wish, with padding black either way', () => {
    const padding = { low: -2000, high: -1000 }
    const picture = grey(Int16Array.of(-1500, 0, 100), { padding, windows: [linear(50.5, 101)] })
    expect(shown(picture)).toEqual([0, 0, 255])
    expect(shown({ ...picture, colour: 'grey-inverted' })).toEqual([0, 255, 0])
    expect(shown(picture, 0, { isInverted: true })).toEqual([0, 255, 0])
  })

  it('without a window shows nearly the whole range, whatever a few odd samples say', () => {
    const samples = Float32Array.from({ length: 1001 }, (_, at) => at)
    samples[0] = Number.NaN
    samples[1000] = 1e9
    const { center, width } = usualWindow(grey(samples))
    expect([Math.round(center), Math.round(width)]).toEqual([501, 989])
    const bytes = shown(grey(samples))
    expect([bytes[0], bytes[500], bytes[1000]]).toEqual([0, 127, 255])
  })

  it('scales colours of any depth to bytes and leaves alpha out', () => {
    const samples = Uint16Array.of(0, 2048, 4095, 7, 4095, 0, 0, 7)
    const picture = {
      ...grey(new Int16Array(0)),
      width: 2,
      colour: 'rgba',
      sampleType: 'u16',
      bitsStored: 12,
      samples,
    } as const
    expect(shown(picture)).toEqual([0, 128, 255, 255, 0, 0])
  })

  it('takes the asked frame', () => {
    const picture = { ...grey(Int16Array.of(0, 100, 100, 0), { windows: [linear(50.5, 101)] }), width: 2, frames: 2 }
    expect(shown(picture, 1)).toEqual([255, 0])
  })
})
