import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeRle, encodeRle } from './rle.ts'
import { combineRle, overlapRle } from './rle-combine.ts'

const size: [number, number] = [6, 7]
const pixels = fc.uint8Array({ minLength: 42, maxLength: 42, max: 1 })

it('masks combined by their runs are those combined pixel by pixel', () => {
  fc.assert(
    fc.property(fc.array(pixels, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 4 }), (masks, votes) => {
      const combined = combineRle(
        masks.map((mask) => encodeRle(mask, size)),
        size,
        (holds) => holds.filter(Boolean).length >= votes,
      )
      const expected = Uint8Array.from({ length: 42 }, (_, at) =>
        Number(masks.filter((mask) => mask[at] === 1).length >= votes),
      )
      expect(decodeRle(combined, size)).toEqual(expected)
    }),
  )
})

it('an overlap counted by runs is the one counted pixel by pixel', () => {
  fc.assert(
    fc.property(pixels, pixels, (a, b) => {
      const counted = overlapRle(encodeRle(a, size), encodeRle(b, size), size)
      expect(counted).toEqual({
        intersection: a.filter((value, at) => value === 1 && b[at] === 1).length,
        union: a.filter((value, at) => value === 1 || b[at] === 1).length,
      })
    }),
  )
})
