import { describe, expect, it } from 'vitest'
import { BmpError } from './bmp-header.ts'
import { decodeBmp } from './decode-bmp.ts'

interface Drawing {
  width: number
  height: number
  bits: number
  rows: number[][]
  palette?: number[][]
  masks?: number[]
  compression?: number
}

/** A bitmap with a 40-byte header; `rows` are the bytes of each row as stored, without padding. */
function writeBmp({ width, height, bits, rows, palette = [], masks = [], compression = 0 }: Drawing): Uint8Array {
  const stride = Math.ceil((width * bits) / 32) * 4
  const offset = 54 + masks.length * 4 + palette.length * 4
  const bytes = new Uint8Array(offset + stride * rows.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0x4d42, true)
  view.setUint32(10, offset, true)
  view.setUint32(14, 40, true)
  view.setInt32(18, width, true)
  view.setInt32(22, height, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, bits, true)
  view.setUint32(30, compression, true)
  view.setUint32(46, palette.length, true)
  masks.forEach((mask, index) => {
    view.setUint32(54 + index * 4, mask, true)
  })
  palette.forEach(([red = 0, green = 0, blue = 0], index) => {
    bytes.set([blue, green, red], 54 + masks.length * 4 + index * 4)
  })
  rows.forEach((row, index) => {
    bytes.set(row, offset + index * stride)
  })
  return bytes
}

const decode = (drawing: Drawing) => [...decodeBmp(writeBmp(drawing), 1e6).data]

describe('decoding a bitmap', () => {
  it('reads 24 bits from the bottom row up', () => {
    const rows = [
      [3, 2, 1, 6, 5, 4],
      [9, 8, 7, 12, 11, 10],
    ]
    expect(decode({ width: 2, height: 2, bits: 24, rows })).toEqual([7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6])
  })

  it('reads from the top row down when the height is negative', () => {
    const rows = [
      [3, 2, 1],
      [6, 5, 4],
    ]
    expect(decode({ width: 1, height: -2, bits: 24, rows })).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('reads 1, 4 and 8 bits through the palette', () => {
    const palette = [
      [255, 0, 0],
      [0, 0, 255],
    ]
    const expected = [0, 0, 255, 255, 0, 0, 0, 0, 255]
    expect(decode({ width: 3, height: 1, bits: 1, rows: [[0b1010_0000]], palette })).toEqual(expected)
    expect(decode({ width: 3, height: 1, bits: 4, rows: [[0x10, 0x10]], palette })).toEqual(expected)
    expect(decode({ width: 3, height: 1, bits: 8, rows: [[1, 0, 1]], palette })).toEqual(expected)
  })

  it('answers one channel when every colour is a grey', () => {
    const palette = [0, 128, 255].map((level) => [level, level, level])
    const picture = decodeBmp(writeBmp({ width: 3, height: 1, bits: 8, rows: [[2, 1, 0]], palette }), 10)
    expect([picture.channels, ...picture.data]).toEqual([1, 255, 128, 0])
  })

  it('reads 16 bits as 5-5-5, or by masks, and 32 bits without alpha', () => {
    expect(decode({ width: 1, height: 1, bits: 16, rows: [[0x1f, 0x7c]] })).toEqual([255, 0, 255])
    const masks = [0xf800, 0x7e0, 0x1f]
    expect(decode({ width: 1, height: 1, bits: 16, rows: [[0xe0, 0x07]], masks, compression: 3 })).toEqual([0, 255, 0])
    expect(decode({ width: 1, height: 1, bits: 32, rows: [[3, 2, 1, 99]] })).toEqual([1, 2, 3])
    const high = [0xff000000, 0xff0000, 0xff00]
    expect(decode({ width: 1, height: 1, bits: 32, rows: [[9, 3, 2, 1]], masks: high, compression: 3 })).toEqual([
      1, 2, 3,
    ])
  })
})

describe('a bitmap that is not read', () => {
  const good: Drawing = {
    width: 2,
    height: 2,
    bits: 24,
    rows: [
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6],
    ],
  }
  const kindOf = (bytes: Uint8Array, maxPixels = 1e6) => {
    try {
      decodeBmp(bytes, maxPixels)
      return 'read'
    } catch (error) {
      return error instanceof BmpError ? error.kind : String(error)
    }
  }

  it('is told apart by reason', () => {
    expect(kindOf(writeBmp({ ...good, compression: 1, bits: 8, rows: [] }))).toBe('unsupported')
    expect(kindOf(writeBmp({ ...good, bits: 7, rows: [] }))).toBe('unsupported')
    expect(kindOf(writeBmp({ ...good, width: 2_000_000, height: 2_000_000 }))).toBe('too-large')
    expect(kindOf(writeBmp({ ...good, rows: good.rows.slice(1) }))).toBe('damaged')
    expect(kindOf(writeBmp({ width: 1, height: 1, bits: 8, rows: [[9]], palette: [[1, 2, 3]] }))).toBe('damaged')
  })

  it('ends anywhere without another kind of error', () => {
    const whole = writeBmp(good)
    for (let length = 0; length < whole.length; length += 1) expect(kindOf(whole.subarray(0, length))).toBe('damaged')
  })
})
