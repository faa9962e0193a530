import { describe, expect, it } from 'vitest'
import { CELL_KINDS, drawCellPhantom } from './cells.ts'

/** Share of pixels clearly darker in green than the brightest part of the picture. */
function stainedShare(rgba: Uint8ClampedArray): number {
  const greens = Float64Array.from({ length: rgba.length / 4 }, (_, pixel) => rgba[pixel * 4 + 1]!)
  const bright = [...greens].sort((a, b) => a - b)[Math.floor(greens.length * 0.95)]!
  return greens.filter((green) => green < bright - 40).length / greens.length
}

describe('drawCellPhantom', () => {
  it('gives the same pixels for the same seed, kind and size', () => {
    const request = { seed: 7, kind: 'spiked', size: 64 } as const
    expect(drawCellPhantom(request)).toEqual(drawCellPhantom(request))
  })

  it('gives other pixels for another seed or another kind', () => {
    const base = drawCellPhantom({ seed: 7, kind: 'round', size: 48 }).rgba
    expect(drawCellPhantom({ seed: 8, kind: 'round', size: 48 }).rgba).not.toEqual(base)
    expect(drawCellPhantom({ seed: 7, kind: 'elliptic', size: 48 }).rgba).not.toEqual(base)
  })

  it.each(CELL_KINDS)('draws an opaque %s cell that covers part of the picture', (kind) => {
    const { rgba, width, height } = drawCellPhantom({ seed: 3, kind, size: 80 })
    expect([width, height, rgba.length]).toEqual([80, 80, 80 * 80 * 4])
    expect(rgba.filter((_, index) => index % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
    expect(stainedShare(rgba)).toBeGreaterThan(0.03)
    expect(stainedShare(rgba)).toBeLessThan(0.7)
  })

  it('refuses a size it cannot draw', () => {
    expect(() => drawCellPhantom({ seed: 1, kind: 'round', size: 8 })).toThrow(RangeError)
    expect(() => drawCellPhantom({ seed: 1, kind: 'round', size: 64.5 })).toThrow(RangeError)
  })
})
