import { describe, expect, it } from 'vitest'
import { curveThrough } from './curve.ts'
import { fillBetween } from './fill-between.ts'
import { fillEnclosed } from './fill-enclosed.ts'
import { interpolateMasks } from './interpolate-masks.ts'
import type { Mark } from './mark.ts'
import { measure } from './measure.ts'
import { areaOf, boundsOf, contains, isEmpty, subtract, union } from './region.ts'
import { growBy, shrinkBy, smoothBy } from './region-morph.ts'
import { capsule, polygon, polygons } from './region-shapes.ts'
import { addVertex, findOnRings, moveVertex, regionFromRings, removeVertex, ringsOf } from './vertices.ts'

const size = { width: 100, height: 80 }
const rectangle = (left: number, top: number, right: number, bottom: number) => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
]
const square = (left: number, top: number, side: number) => polygon(rectangle(left, top, left + side, top + side), size)
const disc = (x: number, y: number, radius: number) => capsule({ x, y }, { x, y }, radius, size)

describe('growing, shrinking and smoothing', () => {
  it('grows by a disc, inside the image', () => {
    expect(areaOf(growBy(square(20, 20, 10), 1, size))).toBe(100 + 40)
    expect(boundsOf(growBy(square(0, 0, 10), 3, size))).toEqual({ left: 0, top: 0, right: 13, bottom: 13 })
  })

  it('shrinks back to what it was, and to nothing', () => {
    const shape = square(20, 20, 12)
    expect(shrinkBy(growBy(shape, 3, size), 3, size)).toEqual(shape)
    expect(isEmpty(shrinkBy(square(20, 20, 4), 2, size))).toBe(true)
  })

  it('does not shrink from the border of the image', () => {
    expect(boundsOf(shrinkBy(square(0, 0, 20), 2, size))).toEqual({ left: 0, top: 0, right: 18, bottom: 18 })
  })

  it('smooths a spike and a notch away and keeps the rest', () => {
    const body = square(20, 20, 20)
    const spiked = union(body, polygon(rectangle(40, 29, 46, 30), size))
    const notched = subtract(spiked, polygon(rectangle(20, 30, 24, 31), size))
    const smooth = smoothBy(notched, 2, size)
    expect(contains(smooth, 44, 29)).toBe(false)
    expect(contains(smooth, 21, 30)).toBe(true)
    expect(Math.abs(areaOf(smooth) - 400)).toBeLessThan(14)
    expect(smoothBy(square(0, 0, 100), 2, size)).toEqual(square(0, 0, 100))
  })
})

describe('vertices of a mask', () => {
  const shape = subtract(union(disc(40, 40, 18), square(50, 30, 20)), square(36, 36, 6))

  it('are far fewer than its corners, and give it back pixel by pixel', () => {
    const rings = ringsOf(shape)
    expect(rings).toHaveLength(2)
    expect(rings.reduce((sum, { vertices }) => sum + vertices.length, 0)).toBeLessThan(40)
    expect(regionFromRings(rings, size)).toEqual(shape)
  })

  it('moved, change the outline beside them only', () => {
    const rings = ringsOf(square(20, 20, 20))
    const at = rings[0]?.vertices.findIndex(({ x, y }) => x === 40 && y === 20) ?? -1
    const changed = rings.map((ring) => moveVertex(ring, at, { x: 50, y: 10 }))
    const region = regionFromRings(changed, size)
    expect(areaOf(region)).toBeGreaterThan(400)
    expect(contains(region, 44, 16)).toBe(true)
    expect(areaOf(subtract(square(20, 20, 20), region))).toBe(0)
    const far = ringsOf(shape)
    const hole = far.findIndex(({ vertices }) => vertices.some(({ x, y }) => x === 36 && y === 36))
    const other = far.map((ring, index) => (index === hole ? ring : moveVertex(ring, 0, { x: 0, y: 0 })))
    expect(isEmpty(subtract(square(36, 36, 6), subtract(square(36, 36, 6), regionFromRings(other, size))))).toBe(true)
  })

  it('can be added on the outline and taken away', () => {
    const [ring] = ringsOf(square(20, 20, 20))
    if (!ring) throw new Error('no ring')
    const added = addVertex(ring, 0, { x: 30, y: 20 })
    expect(added.ring.vertices).toHaveLength(5)
    expect(regionFromRings([added.ring], size)).toEqual(square(20, 20, 20))
    const removed = removeVertex(added.ring, added.at)
    expect(removed?.vertices).toHaveLength(4)
    const triangle = removed && removeVertex(removed, 0)
    expect(triangle && removeVertex(triangle, 0)).toBeNull()
  })

  it('are found before the outline between them', () => {
    const rings = ringsOf(square(20, 20, 20))
    expect(findOnRings(rings, { x: 21, y: 21 }, 3)).toMatchObject({ kind: 'vertex' })
    expect(findOnRings(rings, { x: 30, y: 21 }, 3)).toMatchObject({ kind: 'span' })
    expect(findOnRings(rings, { x: 30, y: 30 }, 3)).toBeNull()
  })
})

describe('polygons and curves', () => {
  it('leave a hole where two outlines lie in each other', () => {
    const ring = polygons([rectangle(10, 10, 30, 30), rectangle(15, 15, 25, 25)], size)
    expect(areaOf(ring)).toBe(300)
    expect(contains(ring, 20, 20)).toBe(false)
  })

  it('a curve runs through its points and is round between them', () => {
    const corners = rectangle(20, 20, 40, 40)
    const curve = curveThrough(corners, true)
    for (const corner of corners) expect(curve).toContainEqual(corner)
    const area = areaOf(polygon(curve, size))
    expect(area).toBeGreaterThan(420)
    expect(area).toBeLessThan(680)
    expect(curveThrough([corners[0] as never, corners[0] as never], true)).toHaveLength(1)
  })
})

describe('filling', () => {
  it('fills what masks shut off, and nothing that reaches the border', () => {
    const ring = subtract(square(10, 10, 30), square(15, 15, 20))
    expect(fillEnclosed([ring], { x: 20, y: 20 }, size)).toEqual(square(15, 15, 20))
    expect(isEmpty(fillEnclosed([ring], { x: 60, y: 60 }, size))).toBe(true)
    expect(isEmpty(fillEnclosed([ring], { x: 11, y: 11 }, size))).toBe(true)
  })
})

describe('between two frames', () => {
  it('a disc that grows has the radius in between', () => {
    const between = interpolateMasks(disc(40, 40, 10), disc(40, 40, 20), 0.5)
    expect(Math.sqrt(areaOf(between) / Math.PI)).toBeCloseTo(15, 0)
  })

  it('one that moves lies in between, however far', () => {
    const between = interpolateMasks(disc(20, 40, 8), disc(80, 40, 8), 0.25)
    expect(boundsOf(between)).toMatchObject({ left: 27, right: 43 })
    expect(Math.abs(areaOf(between) - areaOf(disc(20, 40, 8)))).toBeLessThan(12)
  })

  it('masks are followed to the nearest drawn frame, and frames that have one keep it', () => {
    const mark = (id: string, frame: number, x: number, value = 0): Mark => ({
      ...{ id, frame, class: value, origin: 'person', score: null },
      shape: { kind: 'mask', region: disc(x, 40, 6) },
    })
    const all = [mark('a', 0, 10), mark('b', 4, 50), mark('other', 4, 90), mark('third', 2, 30, 1)]
    const filled = fillBetween(all, new Set(['b']), 4)
    expect(filled.slice(4).map(({ frame }) => frame)).toEqual([1, 2, 3])
    const [, middle] = filled.slice(4)
    expect(middle?.shape.kind === 'mask' && boundsOf(middle.shape.region)).toMatchObject({ left: 24, right: 36 })
    expect(fillBetween(filled, new Set(['b']), 4)).toBe(filled)
    expect(fillBetween(all, new Set(['third']), 2)).toBe(all)
    expect(fillBetween(all, new Set(['a']), 0)).toHaveLength(7)
  })

  it('begins and ends as drawn', () => {
    const [from, to] = [square(10, 10, 20), disc(50, 40, 9)]
    expect(interpolateMasks(from, to, 0)).toEqual(from)
    expect(interpolateMasks(from, to, 1)).toEqual(to)
  })
})

describe('measuring', () => {
  const spacing = { rowMm: 0.5, columnMm: 0.25, plane: 'object' } as const
  const at = (...places: [number, number][]) => places.map(([x, y]) => ({ x, y }))

  it('tells pixels, and millimetres only where the spacing is known', () => {
    expect(measure({ kind: 'length', points: at([0, 0], [3, 4]) }, null)).toEqual({ value: 5, unit: 'px' })
    expect(measure({ kind: 'length', points: at([0, 0], [12, 8]) }, spacing)).toEqual({ value: 5, unit: 'mm' })
    expect(measure({ kind: 'area', points: rectangle(0, 0, 8, 4) }, null)).toEqual({ value: 32, unit: 'px2' })
    expect(measure({ kind: 'area', points: rectangle(0, 0, 8, 4) }, spacing)).toEqual({ value: 4, unit: 'mm2' })
  })

  it('tells angles up to 180 degrees', () => {
    expect(measure({ kind: 'angle', points: at([10, 0], [0, 0], [0, 10]) }, null)?.value).toBeCloseTo(90)
    expect(measure({ kind: 'angle', points: at([10, 0], [0, 0], [10, -1]) }, null)?.value).toBeLessThan(10)
    expect(measure({ kind: 'angle', points: at([10, 0], [0, 0]) }, null)).toBeNull()
  })
})
