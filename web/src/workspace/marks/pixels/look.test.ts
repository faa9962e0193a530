import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PixelGrid, plainFacts } from '../../viewport/frames/pixel-grid.ts'
import { areaOf, boundsOf, isEmpty, type Region } from '../region.ts'
import { polygon } from '../region-shapes.ts'
import { pathTo } from './live-wire.ts'
import { look, type PixelSource } from './look.ts'
import { toImageRegion, toPictureRegion } from './place.ts'
import { superpixelAt } from './superpixel-region.ts'

/** A part of a large image, one pixel for four by four of it: a bright square from 10 to 20 of its own pixels. */
const width = 40
const samples = Uint8Array.from({ length: width * width }, (_, at) => {
  const [x, y] = [at % width, Math.floor(at / width)]
  return x >= 10 && x < 20 && y >= 10 && y < 20 ? 220 : 30
})
const facts = plainFacts({ width, height: width }, 'grey')
const grid: PixelGrid = { width, height: width, channels: 1, samples, facts }
const bytes = { bytes: Uint8ClampedArray.from({ length: 256 }, (_, at) => at), least: 0 }
const source: PixelSource = {
  grid,
  tone: { kind: 'table', table: bytes },
  place: { left: 2048, top: 1024, step: 4 },
  size: { width: 2200, height: 20_000 },
}
const square = { left: 2088, top: 1064, right: 2128, bottom: 1104 }
const regionOf = (answer: ReturnType<typeof look>): Region => {
  if (answer.kind !== 'region') throw new Error('no region')
  return answer.region
}
const boxOf = ({ left, top, right, bottom }: typeof square) =>
  polygon(
    [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ],
    source.size,
  )

describe('what is seen of a large image', () => {
  it('is grown from a place of the image to pixels of the image', () => {
    const found = regionOf(look(source, { kind: 'grow', at: { x: 2100, y: 1080 }, tolerance: 20 }))
    expect(boundsOf(found)).toEqual(square)
    expect(areaOf(found)).toBe(1600)
    const ground = regionOf(look(source, { kind: 'grow', at: { x: 2050, y: 1030 }, tolerance: 20 }))
    // What lies beyond the image's edge is none of it.
    expect(boundsOf(ground)?.right).toBe(2200)
    expect(isEmpty(regionOf(look(source, { kind: 'grow', at: { x: 5, y: 5 }, tolerance: 20 })))).toBe(true)
  })

  it('is looked at within a field, to the pixel of the field', () => {
    const field = boxOf({ left: 2060, top: 1040, right: 2111, bottom: 1107 })
    const range = look(source, { kind: 'range', field })
    if (range.kind !== 'range') throw new Error('no range')
    const found = regionOf(look(source, { kind: 'threshold', field, range: [31, 255] }))
    expect(boundsOf(found)).toEqual({ ...square, right: 2111 })
    expect(range.range[1] === 255 || range.range[0] === 0).toBe(true)
  })

  it('has edges that the live wire follows, and patches', () => {
    const answer = look(source, { kind: 'wire', at: { x: 2088, y: 1064 } })
    if (answer.kind !== 'wire') throw new Error('no wire')
    const path = pathTo(answer.wire, { x: 2128, y: 1064 })
    expect([path[0], path.at(-1)]).toEqual([
      { x: 2088, y: 1064 },
      { x: 2128, y: 1064 },
    ])
    for (const { y } of path) expect(Math.abs(y - 1064)).toBeLessThan(10)
    const found = look(source, { kind: 'patches', at: { x: 2100, y: 1080 }, side: 10 })
    if (found.kind !== 'patches' || !found.patches) throw new Error('no patches')
    const bounds = boundsOf(superpixelAt(found.patches, { x: 2100, y: 1080 }))
    expect(bounds && bounds.left % 4 === 0 && bounds.right > 2100 && bounds.left <= 2100).toBe(true)
  })
})

it('a region of a picture lies where it lay after it went to the image and came back', () => {
  const size = { width: 9, height: 7 }
  const image = { width: 100, height: 100 }
  const cells = fc.uint8Array({ minLength: 63, maxLength: 63, max: 1 })
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 4 }), (grid, step) => {
      const rows = Array.from({ length: 7 }, (_, row) => {
        const runs: number[] = []
        for (let x = 0; x < 9; x += 1) if (grid[row * 9 + x] === 1) runs.push(x, x + 1)
        return runs
      })
      const region = rows.reduce<Region>(
        (all, runs, row) => {
          const places: number[] = []
          for (let at = 0; at < runs.length; at += 2) {
            if (places.at(-1) === runs[at]) places[places.length - 1] = runs[at + 1] as number
            else places.push(runs[at] as number, runs[at + 1] as number)
          }
          return { top: all.top, rows: [...all.rows.slice(0, row), Int32Array.from(places)] }
        },
        { top: 0, rows: [] },
      )
      const place = { left: 8, top: 4, step }
      const back = toPictureRegion(place, toImageRegion(place, region, image), size)
      expect(areaOf(back)).toBe(areaOf(region))
      expect(areaOf(toImageRegion(place, region, image))).toBe(areaOf(region) * step * step)
    }),
  )
})
