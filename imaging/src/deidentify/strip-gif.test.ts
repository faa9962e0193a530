import { expect, it } from 'vitest'
import { stripPicture } from './strip-picture.ts'

const text = (value: string) => [...new TextEncoder().encode(value)]
const block = (value: string) => [value.length, ...text(value), 0]
const head = [...text('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
const loop = [0x21, 0xff, 11, ...text('NETSCAPE2.0'), 3, 1, 0, 0, 0]
const control = [0x21, 0xf9, 4, 0, 0, 0, 0, 0]
const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
const clean = [...head, ...loop, ...control, ...image, 0x3b]

it('takes comments, XMP, other data and what follows the end out of a GIF, and leaves how it looks', () => {
  const comment = [0x21, 0xfe, ...block('Jane Doe')]
  const xmp = [0x21, 0xff, 11, ...text('XMP DataXMP'), ...block('<x/>')]
  const other = [0x21, 0xff, 11, ...text('CAMERA  1.0'), ...block('serial')]
  const full = [...head, ...comment, ...loop, ...xmp, ...control, ...image, ...other, 0x3b, ...text('hidden')]
  const { bytes, removed } = stripPicture(Uint8Array.from(full))
  expect(removed).toEqual(['comment', 'xmp', 'application data', 'trailing bytes'])
  expect([...bytes]).toEqual(clean)
})

it('leaves a GIF that holds nothing of the kind byte by byte, and refuses one that is cut off', () => {
  const given = Uint8Array.from(clean)
  expect(stripPicture(given)).toEqual({ bytes: given, removed: [] })
  expect(() => stripPicture(given.subarray(0, given.length - 6))).toThrow()
})
