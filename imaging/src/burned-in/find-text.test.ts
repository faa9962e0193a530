import { expect, it } from 'vitest'
import { findText } from './find-text.ts'
import type { GreyPicture } from './local-contrast.ts'

/** Letters of 5 × 7 dots, a row each. */
const FONT: Record<string, string[]> = {
  D: ['11110', '10001', '10001', '10001', '10001', '10001', '11110'],
  O: ['01110', '10001', '10001', '10001', '10001', '10001', '01110'],
  E: ['11111', '10000', '10000', '11110', '10000', '10000', '11111'],
  J: ['00111', '00010', '00010', '00010', '00010', '10010', '01100'],
  A: ['01110', '10001', '10001', '11111', '10001', '10001', '10001'],
  N: ['10001', '11001', '10101', '10011', '10001', '10001', '10001'],
}

/** A soft picture with discs of many sizes in it, as of cells. */
function cells(width = 320, height = 240): GreyPicture {
  const data = new Uint8Array(width * height)
  let seed = 7
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  for (let at = 0; at < data.length; at += 1) data[at] = 60 + 20 * Math.sin((at % width) / 40) + 6 * random()
  for (let disc = 0; disc < 60; disc += 1) {
    const [x, y, radius] = [random() * width, random() * height, 4 + random() * 8]
    const grey = 120 + 60 * random()
    for (let row = Math.floor(y - radius); row < y + radius; row += 1) {
      for (let column = Math.floor(x - radius); column < x + radius; column += 1) {
        if (row < 0 || row >= height || column < 0 || column >= width) continue
        if ((row - y) ** 2 + (column - x) ** 2 < radius ** 2) data[row * width + column] = grey
      }
    }
  }
  return { width, height, data }
}

function write(picture: GreyPicture, text: string, { left, top, scale, grey }: Record<string, number>): GreyPicture {
  const data = Uint8Array.from(picture.data)
  for (const [index, letter] of [...text].entries()) {
    for (const [row, dots] of (FONT[letter] ?? []).entries()) {
      for (const [column, dot] of [...dots].entries()) {
        if (dot !== '1') continue
        for (let y = 0; y < (scale ?? 1); y += 1) {
          for (let x = 0; x < (scale ?? 1); x += 1) {
            const across = (left ?? 0) + (index * 6 + column) * (scale ?? 1) + x
            data[((top ?? 0) + row * (scale ?? 1) + y) * picture.width + across] = grey ?? 255
          }
        }
      }
    }
  }
  return { ...picture, data }
}

it.each([
  ['small and white', { left: 10, top: 6, scale: 1, grey: 255 }],
  ['large and white', { left: 12, top: 190, scale: 3, grey: 255 }],
  ['black on a bright picture', { left: 40, top: 100, scale: 2, grey: 0 }],
])('finds a line of text, %s, and where it stands', (name, place) => {
  const ground = name.includes('bright')
    ? { width: 320, height: 240, data: new Uint8Array(320 * 240).fill(200) }
    : cells()
  const [line, ...others] = findText(write(ground, 'DOE JANE', place))
  expect(others).toEqual([])
  const [x = 0, y = 0, width = 0, height = 0] = line ?? []
  const { left, top, scale } = place
  expect(Math.abs(x - left)).toBeLessThan(8 * scale)
  expect(Math.abs(y - top)).toBeLessThan(3 * scale)
  expect(width).toBeGreaterThan(30 * scale)
  expect(height).toBeLessThan(10 * scale)
})

it('takes neither cells nor noise nor a plain picture for text', () => {
  expect(findText(cells())).toEqual([])
  const noise = Uint8Array.from({ length: 200 * 200 }, (_, at) => (at * 7919 + (at >> 3) * 104_729) % 256)
  expect(findText({ width: 200, height: 200, data: noise })).toEqual([])
  expect(findText({ width: 64, height: 64, data: new Uint8Array(64 * 64) })).toEqual([])
})
