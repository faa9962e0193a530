import { describe, expect, it } from 'vitest'
import { EDGE_UNIT, type TargetMaps, type ViewMark, writeTargets } from './targets.ts'

const shape = { side: 16, classCount: 2 }
const place = (row: number, column: number) => row * 16 + column
const write = (marks: ViewMark[]) => {
  const maps: TargetMaps = {
    heat: new Float32Array(512),
    edges: new Float32Array(1024),
    weight: new Float32Array(256),
  }
  return { ...maps, boxes: writeTargets(maps, 0, shape, marks) }
}
const mark = (box: ViewMark['box'], index: number, isIgnored = false): ViewMark => ({ box, class: index, isIgnored })

describe('targets', () => {
  it('have a peak in the map of the class, a bell around it and nothing in the other map', () => {
    const { heat, boxes } = write([mark([12, 20, 24, 20], 1)])
    expect(boxes).toBe(1)
    expect(heat[256 + place(7, 6)]).toBe(1)
    const beside = heat[256 + place(7, 7)]!
    expect(beside > 0.1 && beside < 1).toBe(true)
    expect(heat.subarray(0, 256).every((value) => value === 0)).toBe(true)
  })

  it('tell the distances to the edges from the middle of the place, with weights that sum to 1', () => {
    const { edges, weight } = write([mark([12, 20, 24, 20], 0)])
    const at = place(7, 6)
    const found = [0, 1, 2, 3].map((side) => edges[side * 256 + at]! * EDGE_UNIT)
    expect(found).toEqual([14, 10, 10, 10])
    expect(weight.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
  })

  it('give places that two boxes want to the smaller one', () => {
    const { edges } = write([mark([28, 28, 8, 8], 0), mark([4, 4, 56, 56], 0)])
    expect(edges[place(8, 8)]! * EDGE_UNIT).toBe(6)
  })

  it('find even a box smaller than a place, and one whose centre lies on the border', () => {
    const { heat, boxes, weight } = write([mark([62, 62, 2, 2], 0), mark([0, 30, 1, 1], 0)])
    expect(boxes).toBe(2)
    expect(heat[place(15, 15)]).toBe(1)
    expect(weight.every(Number.isFinite)).toBe(true)
  })

  it('neither ask for an ignored box nor call an answer there wrong', () => {
    const { heat, boxes, weight } = write([mark([40, 40, 20, 20], 0, true)])
    expect(boxes).toBe(0)
    expect(heat[place(12, 12)]).toBeCloseTo(0.999, 6)
    expect(weight.every((value) => value === 0)).toBe(true)
  })
})
