import { expect, it } from 'vitest'
import { decodeBmp } from '../bmp/decode-bmp.ts'
import { stripPicture } from './strip-picture.ts'

const WIDTH = 3
const HEIGHT = 2

/** A bitmap of 24 bits with a header of `headerSize` bytes, something before its pixels and something behind. */
function bitmap({ headerSize = 40, gap = '', behind = '', reserved = 0, profile = '' } = {}): Uint8Array {
  const pixels = Uint8Array.from({ length: 12 * HEIGHT }, (_, at) => (at % 12 < 9 ? 40 + at : 0))
  const offset = 14 + headerSize + gap.length
  const bytes = new Uint8Array(offset + pixels.length + profile.length + behind.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x42, 0x4d])
  view.setUint32(2, bytes.length, true)
  view.setUint32(6, reserved, true)
  view.setUint32(10, offset, true)
  view.setUint32(14, headerSize, true)
  view.setInt32(18, WIDTH, true)
  view.setInt32(22, HEIGHT, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 24, true)
  if (profile) {
    view.setUint32(14 + 56, 0x4c494e4b, true)
    view.setUint32(14 + 112, offset - 14 + pixels.length, true)
    view.setUint32(14 + 116, profile.length, true)
  }
  const put = (text: string, at: number) => bytes.set(new TextEncoder().encode(text), at)
  put(gap, 14 + headerSize)
  bytes.set(pixels, offset)
  put(profile + behind, offset + pixels.length)
  return bytes
}

const pixelsOf = (bytes: Uint8Array) => decodeBmp(bytes, 1000).data

it('takes the linked profile, what lies before the pixels and what follows them out of a bitmap', () => {
  const full = bitmap({ headerSize: 124, gap: 'Jane', behind: 'Doe', reserved: 7, profile: 'C:\\Jane Doe.icc' })
  const { bytes, removed } = stripPicture(full)
  expect(removed).toEqual(['application data', 'colour profile', 'trailing bytes'])
  expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/Jane|Doe/)
  expect(pixelsOf(bytes)).toEqual(pixelsOf(full))
  expect(bytes.length).toBe(14 + 124 + 24)
  expect(stripPicture(bytes)).toEqual({ bytes, removed: [] })
})

it('leaves a plain bitmap byte by byte, with its colours', () => {
  const plain = bitmap()
  expect(stripPicture(plain)).toEqual({ bytes: plain, removed: [] })
})

it('refuses one whose pixels end early', () => {
  expect(() => stripPicture(bitmap().subarray(0, 70))).toThrow('end early')
})
