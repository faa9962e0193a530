import { encodeRle, encodeRleEdges, RleError } from '@vesalius/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  areaOf,
  boundsOf,
  contains,
  EMPTY_REGION,
  intersect,
  type Region,
  subtract,
  subtractAll,
  union,
} from './region.ts'
import { columnEdges } from './region-edges.ts'
import { outlineOf } from './region-outline.ts'
import { fillHoles, paintRegion, partsOf, regionFromGrid, splitRegion } from './region-parts.ts'
import { decodeRegion, encodeRegion } from './region-rle.ts'
import { capsule, polygon } from './region-shapes.ts'

const [width, height] = [12, 9]
const size = { width, height }
const whole = { left: 0, top: 0, right: width, bottom: height }
const drawn = (...lines: string[]): Region =>
  regionFromGrid(
    Uint8Array.from(
      Array.from({ length: width * height }, (_, at) => Number(lines[Math.floor(at / width)]?.[at % width] === '#')),
    ),
    width,
    whole,
  )
const grid = (region: Region) => {
  const cells = new Uint8Array(width * height)
  paintRegion(cells, width, region, 1)
  return cells
}
const anyGrid = fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })

describe('a region', () => {
  it('joins, takes away and meets as sets of pixels do', () => {
    fc.assert(
      fc.property(anyGrid, anyGrid, (a, b) => {
        const [left, right] = [regionFromGrid(a, width, whole), regionFromGrid(b, width, whole)]
        expect(grid(union(left, right))).toEqual(a.map((value, at) => value | (b[at] as number)))
        expect(grid(subtract(left, right))).toEqual(a.map((value, at) => value & ~(b[at] as number)))
        expect(grid(intersect(left, right))).toEqual(a.map((value, at) => value & (b[at] as number)))
        expect(areaOf(left)).toBe(a.reduce((sum, value) => sum + value, 0))
        expect(contains(left, 3.5, 4.2)).toBe(a[4 * width + 3] === 1)
      }),
    )
  })

  it('loses what any of several others has', () => {
    fc.assert(
      fc.property(anyGrid, fc.array(anyGrid, { maxLength: 4 }), (cells, others) => {
        const regions = others.map((other) => regionFromGrid(other, width, whole))
        const region = regionFromGrid(cells, width, whole)
        expect(grid(subtractAll(region, regions))).toEqual(grid(regions.reduce(subtract, region)))
      }),
    )
  })

  it('is written as its pixels are', () => {
    fc.assert(
      fc.property(anyGrid, (cells) => {
        const edges = columnEdges(regionFromGrid(cells, width, whole), height)
        expect(encodeRleEdges(edges, [height, width])).toBe(encodeRle(cells, [height, width]))
      }),
    )
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyGrid, (cells) => {
        const region = regionFromGrid(cells, width, whole)
        expect(decodeRegion(encodeRle(cells, [height, width]), size)).toEqual(region)
        expect(encodeRegion(region, size)).toBe(encodeRle(cells, [height, width]))
      }),
    )
    expect(() => decodeRegion('0', size)).toThrow(RleError)
  })

  it('shares the rows that an edit does not touch', () => {
    const before = drawn('####', '####', '####')
    const after = union(before, drawn('', '', '......##'))
    expect(after.rows[0]).toBe(before.rows[0])
    expect(after.rows[2]).not.toBe(before.rows[2])
  })

  it('knows what it reaches over', () => {
    expect(boundsOf(drawn('', '..##', '.....#'))).toEqual({ left: 2, top: 1, right: 6, bottom: 3 })
    expect(boundsOf(EMPTY_REGION)).toBeNull()
  })

  it('falls into the parts that hang together by sides', () => {
    const parts = partsOf(drawn('##..#', '.#..#', '..#..', '#.###'))
    expect(parts.map(areaOf)).toEqual([3, 2, 4, 1])
    expect(parts.reduce(union)).toEqual(drawn('##..#', '.#..#', '..#..', '#.###'))
  })

  it('fills holes, and only holes', () => {
    expect(fillHoles(drawn('.####', '.#..#', '.####', '.#..#'))).toEqual(drawn('.####', '.####', '.####', '.#..#'))
  })

  it('parts along a cut without losing a pixel', () => {
    const whole = drawn('######', '######')
    const parts = splitRegion(whole, drawn('..#', '..#'))
    expect(parts).toHaveLength(2)
    expect(parts.reduce(union)).toEqual(whole)
    expect(splitRegion(whole, drawn('..#'))).toEqual([whole])
  })

  it('is drawn again from its outlines, whatever its form', () => {
    fc.assert(
      fc.property(anyGrid, (cells) => {
        const region = regionFromGrid(cells, width, whole)
        const again = outlineOf(region).reduce((filled, corners) => {
          const points = Array.from({ length: corners.length / 2 }, (_, at) => ({
            x: corners[2 * at] as number,
            y: corners[2 * at + 1] as number,
          }))
          const inside = polygon(points, size)
          return subtract(union(filled, inside), intersect(filled, inside))
        }, EMPTY_REGION)
        expect(grid(again)).toEqual(cells)
      }),
    )
  })
})

describe('shapes', () => {
  it('a brush covers the pixels whose middle it reaches, and nothing beside the image', () => {
    const [from, to, radius] = [{ x: 2, y: 1 }, { x: 14, y: 7.5 }, 2.2]
    const cells = grid(capsule(from, to, radius, size))
    cells.forEach((cell, at) => {
      const [x, y] = [(at % width) + 0.5 - from.x, Math.floor(at / width) + 0.5 - from.y]
      const [dx, dy] = [to.x - from.x, to.y - from.y]
      const along = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy)))
      expect(cell === 1).toBe(Math.hypot(x - along * dx, y - along * dy) <= radius)
    })
    expect(areaOf(capsule({ x: 4.5, y: 4.5 }, { x: 4.5, y: 4.5 }, 0.5, size))).toBe(1)
  })

  it('a polygon covers the pixels whose middle lies inside', () => {
    const square = polygon(
      [
        { x: 1, y: 1 },
        { x: 5, y: 1 },
        { x: 5, y: 4 },
        { x: 1, y: 4 },
      ],
      size,
    )
    expect(square).toEqual(drawn('', '.####', '.####', '.####'))
    expect(
      polygon(
        [
          { x: 1, y: 1 },
          { x: 5, y: 1 },
        ],
        size,
      ),
    ).toEqual(EMPTY_REGION)
  })
})
