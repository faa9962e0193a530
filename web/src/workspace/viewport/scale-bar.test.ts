import { describe, expect, it } from 'vitest'
import { barLength } from './scale-bar.ts'

const view = (scale: number, turn = 0) => ({ x: 0, y: 0, scale, turn, isFlipped: false })

describe('the scale bar', () => {
  it('is a round number of millimetres that has room', () => {
    expect(barLength({ rowMm: 0.5, columnMm: 0.5 }, view(1))).toMatchObject({ mm: 50, pixels: 100 })
    expect(barLength({ rowMm: 0.5, columnMm: 0.5 }, view(3))).toMatchObject({ mm: 20, pixels: 120 })
    const fine = barLength({ rowMm: 0.00025, columnMm: 0.00025 }, view(1))
    expect(fine?.mm).toBeCloseTo(0.02)
    expect(fine?.micrometres).toBe(true)
  })

  it('follows the side that lies along the page, and is left out where none does', () => {
    const spacing = { rowMm: 1, columnMm: 0.5 }
    expect(barLength(spacing, view(1))?.pixels).toBe(100)
    expect(barLength(spacing, view(1, 90))).toMatchObject({ mm: 100, pixels: 100 })
    expect(barLength(spacing, view(1, 30))).toBeNull()
  })
})
