import { describe, expect, it } from 'vitest'
import { createRandom } from '../../data/random.ts'
import { cutMarks } from './cut-marks.ts'
import { drawTransform, type Picture, paintView, viewMarks } from './draw-view.ts'

/** A dark picture with one bright rectangle, marked. */
const pixels = new Uint8Array(60 * 40)
for (let row = 10; row < 22; row += 1) pixels.fill(200, row * 60 + 30, row * 60 + 46)
const picture: Picture = { pixels, width: 60, height: 40, marks: [{ box: [30, 10, 16, 12], class: 0 }] }
const rectangle = { left: 0, top: 0, width: 48, height: 48 }
const plain = { gain: [1], shift: [0] }

function view(seed: number, zoom = 1) {
  const random = createRandom(seed)
  const transform = drawTransform(picture, rectangle, { zoom, isUpright: false }, random)
  const data = new Float32Array(48 * 48).fill(7)
  paintView({ data, offset: 0, side: 48, channels: 1 }, rectangle, picture, transform, plain)
  return { data, marks: viewMarks(picture.marks, rectangle, transform) }
}

it('a mark is cut out of its picture with a little of what is around it', () => {
  const [cut] = cutMarks(picture, 8, 1)
  expect(cut![4 * 8 + 4]).toBe(200)
  expect([cut![0], cut![63]]).toEqual([0, 0])
})

describe('a training view', () => {
  it('has its marks where its pixels are, however it is turned and mirrored', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const { data, marks } = view(seed)
      const bright = [...data].flatMap((value, at) => (value > 100 ? [at] : []))
      if (bright.length === 0) continue
      const columns = bright.map((at) => at % 48)
      const rows = bright.map((at) => Math.floor(at / 48))
      const [x, y, width, height] = marks[0]!.box
      // Half of an edge pixel may be bright.
      expect(Math.abs(Math.min(...columns) - x)).toBeLessThanOrEqual(1)
      expect(Math.abs(Math.max(...columns) + 1 - x - width)).toBeLessThanOrEqual(1)
      expect(Math.abs(Math.min(...rows) - y)).toBeLessThanOrEqual(1)
      expect(Math.abs(Math.max(...rows) + 1 - y - height)).toBeLessThanOrEqual(1)
    }
  })

  it('grows with the zoom and is 0 beside the picture', () => {
    const { data, marks } = view(3, 0.5)
    expect(marks[0]!.box[2] * marks[0]!.box[3]).toBeCloseTo(48, 6)
    expect(data.filter((value) => value === 0).length).toBeGreaterThan(48 * 48 - 30 * 20 - 1)
    expect(data.every((value) => value !== 7)).toBe(true)
  })

  it('does not ask for a mark of which little is left', () => {
    const transform = { origin: [44, 0], across: [1, 0], down: [0, 1] } satisfies Parameters<typeof viewMarks>[2]
    expect(viewMarks(picture.marks, rectangle, transform)).toEqual([{ box: [0, 10, 2, 12], class: 0, isIgnored: true }])
    expect(viewMarks(picture.marks, rectangle, { ...transform, origin: [50, 0] })).toEqual([])
  })

  it('is possible of a picture of one pixel', () => {
    const dot = { width: 1, height: 1, marks: [], pixels: Uint8Array.of(9) }
    const transform = drawTransform(dot, rectangle, { zoom: 1, isUpright: false }, createRandom(1))
    const data = new Float32Array(48 * 48)
    paintView({ data, offset: 0, side: 48, channels: 1 }, rectangle, dot, transform, plain)
    expect(data.filter((value) => value === 9).length).toBeGreaterThanOrEqual(1)
  })
})
