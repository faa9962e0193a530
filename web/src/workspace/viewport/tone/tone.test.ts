import type { Calibration, FrameFacts } from '@vesalius/contracts'
import { renderFrame, type Samples } from '@vesalius/imaging'
import { describe, expect, it } from 'vitest'
import { shadesOf } from '../canvas-renderer.ts'
import { asPicture, gridOf, plainFacts } from '../frames/pixel-grid.ts'
import { dragColours, dragWindow, NO_ADJUSTMENT } from './adjustment.ts'
import { styleOf, toneOf, windowInNumbers } from './tone.ts'
import { presetsFor } from './window-presets.ts'

const calibration: Calibration = {
  ...{ spacing: null, pixelAspect: null, modalityTable: null, displayTables: [], windows: [] },
  padding: { low: -2000, high: -1500 },
  rescale: { slope: 2, intercept: -10, unit: 'HU' },
}
const grey = (samples: Samples, sampleType: FrameFacts['sampleType'], more: Partial<Calibration> = {}) =>
  gridOf(
    {
      ...plainFacts({ width: samples.length, height: 1 }, 'grey'),
      ...{ sampleType, bitsStored: 8 * samples.BYTES_PER_ELEMENT },
      calibrations: [{ ...calibration, ...more }],
    },
    0,
    samples,
  )
const seen = (...given: Parameters<typeof toneOf>) =>
  [...shadesOf(given[0], toneOf(...given))].filter((_, at) => at % 4 === 0)
const window = { center: 40, width: 400, shape: 'linear' } as const

describe('the shades of an image', () => {
  it('are those of the server, at any depth, whatever is chosen', () => {
    const values = [-1600, -300, -81, 0, 25, 60, 119, 130, 900]
    for (const grid of [
      grey(Int16Array.from(values), 'i16', { windows: [window] }),
      grey(Int32Array.from(values), 'i32', { windows: [window] }),
      grey(Float32Array.from(values), 'f32', { windows: [{ ...window, shape: 'linear-exact' }] }),
    ]) {
      for (const inverted of [false, true]) {
        const adjustment = { ...NO_ADJUSTMENT, inverted }
        const expected = [...renderFrame(asPicture(grid), 0, styleOf(grid, adjustment)).data]
        expect(seen(grid, adjustment)).toEqual(expected)
      }
    }
  })

  it('leave bytes as they are where their source says nothing', () => {
    const grid = gridOf(plainFacts({ width: 4, height: 1 }, 'grey'), 0, Uint8Array.of(0, 10, 200, 255))
    expect(seen(grid, NO_ADJUSTMENT)).toEqual([0, 10, 200, 255])
    expect(seen(grid, { ...NO_ADJUSTMENT, inverted: true })).toEqual([255, 245, 55, 0])
  })

  it('follow brightness and contrast where the image is coloured', () => {
    const grid = gridOf(plainFacts({ width: 1, height: 1 }, 'rgb'), 0, Uint8Array.of(51, 102, 204))
    const shades = (adjustment: typeof NO_ADJUSTMENT) => [...shadesOf(grid, toneOf(grid, adjustment))].slice(0, 3)
    expect(shades(NO_ADJUSTMENT)).toEqual([51, 102, 204])
    expect(shades({ ...NO_ADJUSTMENT, brightness: 2 })).toEqual([102, 204, 255])
    expect(shades({ ...NO_ADJUSTMENT, contrast: 0.5 })).toEqual([89, 115, 166])
  })
})

describe('a window', () => {
  it('goes on in numbers from what the file says', () => {
    const grid = grey(Int16Array.of(0, 100), 'i16', { windows: [window] })
    expect(windowInNumbers(grid, { kind: 'usual' })).toEqual(window)
    expect(windowInNumbers(grid, { kind: 'auto' })).toMatchObject({ center: 90, width: 200 })
  })

  it('is moved by dragging: down and right are darker and softer', () => {
    const dragged = dragWindow(window, 1000, 100, 80).window
    expect(dragged.center).toBe(140)
    expect(dragged.width).toBeGreaterThan(600)
    expect(dragColours(NO_ADJUSTMENT, 0, -100).brightness).toBeGreaterThan(1.4)
    expect(dragColours(NO_ADJUSTMENT, 5000, 0).contrast).toBe(3)
  })

  it('has names only where values are Hounsfield units', () => {
    expect(presetsFor(calibration).map(({ name }) => name)).toContain('lung')
    expect(presetsFor({ ...calibration, rescale: { slope: 1, intercept: 0, unit: null } })).toEqual([])
    expect(presetsFor(undefined)).toEqual([])
  })
})
