import { encodeRle } from '@vesalius/contracts'
import { expect, it } from 'vitest'
import { countBoxEdits, countPixelEdits } from './count-edits.ts'

const box = (x: number, side: number, value = 0) => ({ box: [x, 0, side, side] as const, class: value })

it('boxes: what is missing, too many or of another class is an edit', () => {
  const truths = [box(0, 10), box(50, 10), box(100, 10, 1)]
  expect(countBoxEdits(truths, [box(1, 10), box(100, 10), box(200, 10)])).toEqual({ guessed: 3, fromNothing: 3 })
  expect(countBoxEdits(truths, truths)).toEqual({ guessed: 0, fromNothing: 3 })
  expect(countBoxEdits(truths, [])).toEqual({ guessed: 3, fromNothing: 3 })
})

it('masks: every pixel that differs is repainted', () => {
  const size = [2, 3] as const
  const rle = (...pixels: number[]) => encodeRle(pixels, size)
  expect(countPixelEdits([rle(1, 1, 0, 0, 0, 0), rle(0, 0, 0, 0, 1, 0)], [rle(1, 0, 0, 0, 1, 1)], size)).toEqual({
    guessed: 2,
    fromNothing: 3,
  })
})
