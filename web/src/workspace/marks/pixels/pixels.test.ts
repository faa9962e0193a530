import { describe, expect, it } from 'vitest'
import { plainFacts } from '../../viewport/frames/pixel-grid.ts'
import { growRegion } from '../grow-region.ts'
import { areaOf, contains, intersect, isEmpty, subtract } from '../region.ts'
import { polygon } from '../region-shapes.ts'
import { pathTo, startWire } from './live-wire.ts'
import type { Picture } from './picture.ts'
import { superpixelAt } from './superpixel-region.ts'
import { findSuperpixels } from './superpixels.ts'
import { suggestRange, thresholdRegion } from './threshold.ts'

const size = { width: 60, height: 50 }
/** A bright disc on dark ground, with a little of everything in between. */
function draw(valueAt: (x: number, y: number) => number): Picture {
  const data = new Uint8ClampedArray(4 * size.width * size.height)
  for (let at = 0; at < size.width * size.height; at += 1) {
    const value = valueAt(at % size.width, Math.floor(at / size.width))
    data.set([value, value, value, 255], 4 * at)
  }
  return { data, ...size }
}
const inDisc = (x: number, y: number) => Math.hypot(x + 0.5 - 30, y + 0.5 - 25) < 15
const noise = (x: number, y: number) => ((x * 7 + y * 13) % 5) * 2
const disc = draw((x, y) => (inDisc(x, y) ? 200 : 40) + noise(x, y))
const whole = polygon(
  [
    { x: 0, y: 0 },
    { x: 60, y: 0 },
    { x: 60, y: 50 },
    { x: 0, y: 50 },
  ],
  size,
)
const discArea = Array.from({ length: 3000 }, (_, at) => inDisc(at % 60, Math.floor(at / 60))).filter(Boolean).length

describe('the live wire', () => {
  it('follows the edge round a disc instead of crossing it', () => {
    const wire = startWire(disc, { x: 15.5, y: 25.5 })
    const path = pathTo(wire, { x: 44.5, y: 25.5 })
    expect(path[0]).toEqual({ x: 15.5, y: 25.5 })
    expect(path.at(-1)).toEqual({ x: 44.5, y: 25.5 })
    const gaps = path.map(({ x, y }) => Math.abs(Math.hypot(x - 30, y - 25) - 15))
    expect(Math.max(...gaps)).toBeLessThan(2.5)
  })

  it('goes straight on where it does not reach', () => {
    const wire = startWire(disc, { x: 5, y: 5 })
    expect(pathTo(wire, { x: 70, y: 5 }).at(-1)).toEqual({ x: 70, y: 5 })
  })
})

describe('superpixels', () => {
  it('are patches that keep to the edges of the picture', () => {
    const patches = findSuperpixels(disc, { left: 0, top: 0, right: 60, bottom: 50 }, 10)
    const inside = superpixelAt(patches, { x: 30, y: 25 })
    expect(contains(inside, 30, 25)).toBe(true)
    expect(areaOf(inside)).toBeGreaterThan(30)
    const seen = new Set(patches.labels)
    expect(seen.size).toBeGreaterThan(10)
    let mixed = 0
    for (const label of seen) {
      const places = [...patches.labels.keys()].filter((at) => patches.labels[at] === label)
      const bright = places.filter((at) => inDisc(at % 60, Math.floor(at / 60))).length
      mixed += Math.min(bright, places.length - bright)
    }
    expect(mixed).toBeLessThan(20)
    expect(isEmpty(superpixelAt(patches, { x: 60, y: 3 }))).toBe(true)
  })

  it('of a part lie where the part lies', () => {
    const patches = findSuperpixels(disc, { left: 20, top: 10, right: 40, bottom: 30 }, 8)
    const patch = superpixelAt(patches, { x: 39.5, y: 29.5 })
    expect(contains(patch, 39.5, 29.5)).toBe(true)
    expect(isEmpty(subtract(patch, whole))).toBe(true)
  })
})

describe('a range of brightness', () => {
  it('is suggested from the field, and gives the object in its middle', () => {
    const range = suggestRange(disc, whole)
    const [low, high] = range
    expect(low).toBeGreaterThan(48)
    expect(low).toBeLessThanOrEqual(200)
    expect(high).toBe(255)
    expect(areaOf(thresholdRegion(disc, whole, range))).toBe(discArea)
  })

  it('never leaves the field', () => {
    const field = polygon(
      [
        { x: 10, y: 10 },
        { x: 30, y: 10 },
        { x: 30, y: 40 },
        { x: 10, y: 40 },
      ],
      size,
    )
    const found = thresholdRegion(disc, field, [0, 255])
    expect(found).toEqual(field)
    expect(areaOf(intersect(thresholdRegion(disc, field, [180, 255]), field))).toBe(
      areaOf(thresholdRegion(disc, field, [180, 255])),
    )
  })
})

const grid = { ...size, channels: 4, samples: new Uint8Array(disc.data), facts: plainFacts(size, 'rgba') } as const
it('the magic wand takes what hangs together and is alike', () => {
  expect(areaOf(growRegion(grid, { x: 30, y: 25 }, 20))).toBe(discArea)
  expect(areaOf(growRegion(grid, { x: 1, y: 1 }, 20))).toBe(3000 - discArea)
  expect(areaOf(growRegion(grid, { x: 30, y: 25 }, 255))).toBe(3000)
})
