import { decodeRle, encodeRle, RleError } from '@vesalius/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawMask, RING_AND_DOT } from '../testing/sample.ts'
import { rasterise } from './rasterise.ts'
import { countsToRle, cutWindow, windowToRle } from './runs.ts'
import { joinRings, traceMask } from './trace.ts'

const anyMask = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      size: fc.constant([height, width] as [number, number]),
      pixels: fc.array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height }),
    }),
  )

describe('outlines of masks', () => {
  it('painted again give the same mask, for any mask', () => {
    fc.assert(
      fc.property(anyMask, ({ size, pixels }) => {
        const rle = encodeRle(pixels, size)
        expect(rasterise(traceMask(rle, size), size)).toBe(rle)
      }),
      { numRuns: 500 },
    )
  })

  it('joined to a single line give the same mask, also when scaled by numbers that cannot be written exactly', () => {
    fc.assert(
      fc.property(anyMask, ({ size, pixels }) => {
        const rle = encodeRle(pixels, size)
        const line = joinRings(traceMask(rle, size))
        const scaled = line.map((value, at) => (value / (size[1 - (at % 2)] ?? 1)) * (size[1 - (at % 2)] ?? 1))
        expect(rasterise([[scaled]], size)).toBe(rle)
      }),
      { numRuns: 500 },
    )
  })

  it('have an outline for each part and its holes inside', () => {
    const polygons = traceMask(RING_AND_DOT, [5, 8])
    expect(polygons.map((rings) => rings.length)).toEqual([2, 1])
    expect(polygons[1]).toEqual([[6, 2, 7, 2, 7, 3, 6, 3]])
  })

  it('give every hole to the part around it, for any mask', () => {
    fc.assert(
      fc.property(anyMask, ({ size, pixels }) => {
        for (const rings of traceMask(encodeRle(pixels, size), size)) {
          const alone = decodeRle(rasterise([rings], size), size)
          const filled = decodeRle(rasterise([rings.slice(0, 1)], size), size)
          expect(alone.every((pixel, at) => pixel <= (filled[at] ?? 0))).toBe(true)
          expect(alone.some((pixel) => pixel === 1)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('painted polygons', () => {
  it('cover the pixels whose centre lies inside', () => {
    const triangle = rasterise([[[0, 0, 4, 0, 0, 4]]], [4, 4])
    expect(triangle).toBe(drawMask(['###.', '##..', '#...', '....']))
  })

  it('that share an edge share no pixel and leave none out', () => {
    const size = [6, 6] as const
    const left = decodeRle(rasterise([[[0, 0, 6, 0, 0, 6]]], size), size)
    const right = decodeRle(rasterise([[[6, 0, 6, 6, 0, 6]]], size), size)
    expect(left.every((pixel, at) => pixel + (right[at] ?? 0) === 1)).toBe(true)
  })

  it('are a union where they overlap, and cut at the border', () => {
    const rle = rasterise([[[-5, -5, 2, -5, 2, 2, -5, 2]], [[1, 1, 9, 1, 9, 9, 1, 9]]], [3, 3])
    expect(rle).toBe(drawMask(['##.', '###', '.##']))
  })

  it('with too many edges are refused', () => {
    const zigzag = Array.from({ length: 40_000 }, (_, at) => (at % 4 < 2 ? 0 : 5000))
    expect(() => rasterise([[zigzag]], [5000, 5000])).toThrow(RleError)
  })
})

describe('runs', () => {
  it('written as counts are the same mask', () => {
    expect(countsToRle([6, 1, 40 - 7], [5, 8])).toBe(
      drawMask(['........', '.#......', '........', '........', '........']),
    )
    expect(() => countsToRle([6, 1], [5, 8])).toThrow(RleError)
  })

  it('cut to a window and put back are the same, for any mask', () => {
    fc.assert(
      fc.property(anyMask, ({ size, pixels }) => {
        const rle = encodeRle(pixels, size)
        const window = cutWindow(rle, size)
        expect(window ? windowToRle(window, size) : null).toBe(pixels.includes(1) ? rle : null)
      }),
    )
  })
})
