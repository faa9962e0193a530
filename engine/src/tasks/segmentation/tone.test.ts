import { describe, expect, it } from 'vitest'
import { countLevels } from './field-of-view.ts'
import type { SeenPicture } from './seen-picture.ts'
import { measureLevels, plainTones } from './tone.ts'

const SIDE = 64
const draw = (level: (x: number, y: number) => number): SeenPicture => ({
  width: SIDE,
  height: SIDE,
  channels: 1,
  pixels: Uint8Array.from({ length: SIDE * SIDE }, (_, at) => level(at % SIDE, Math.floor(at / SIDE))),
})
const isInDisc = (x: number, y: number, radius: number) => Math.hypot(x - SIDE / 2, y - SIDE / 2) < radius
const countOf = (picture: SeenPicture) => countLevels(picture)[0]!.reduce((sum, count) => sum + count, 0)

describe('the tones of a picture', () => {
  it('leave out the dark frame around a round field of view', () => {
    const fundus = draw((x, y) => (isInDisc(x, y, 28) ? 120 + x : 4))
    const { low, high } = measureLevels(fundus)
    expect(low[0]).toBeGreaterThan(110)
    expect(high[0]).toBeGreaterThan(170)
    expect(countOf(fundus)).toBeLessThan(SIDE * SIDE * 0.65)
  })

  it('keep the dark ground on which bright cells lie apart', () => {
    const cells = draw((x, y) => (Math.hypot((x % 32) - 16, (y % 32) - 16) < 9 ? 200 : 6))
    expect(countOf(cells)).toBe(SIDE * SIDE)
    expect(measureLevels(cells).low[0]).toBe(6)
  })

  it('bring dim and bright pictures of one thing to the same range', () => {
    const tonesOf = (gain: number) => {
      const picture = draw((x, y) => gain * (10 + x + y / 2))
      const [table] = plainTones(measureLevels(picture))
      return table![picture.pixels[20 * SIDE + 40]!]!
    }
    expect(tonesOf(2)).toBeCloseTo(tonesOf(1), 1)
  })

  it('do not blow the noise of an empty picture up', () => {
    const [table] = plainTones(measureLevels(draw((x) => 100 + (x % 2))))
    expect(Math.abs(table![101]! - table![100]!)).toBeLessThan(0.2)
    expect(table!.every(Number.isFinite)).toBe(true)
  })
})
