import { expect, it } from 'vitest'
import { decodeRle, encodeRle, encodeRleEdges, paintRle, placeRle, rleBounds } from './rle.ts'

/** Made with pycocotools 2.0.11: `mask.encode(np.asfortranarray(rows))`. */
const GOLDENS = [
  { name: 'empty', rle: '<', rows: ['0000', '0000', '0000'] },
  { name: 'full', rle: '0<', rows: ['1111', '1111', '1111'] },
  { name: 'one pixel', rle: '01', rows: ['1'] },
  { name: 'first pixel', rle: '014', rows: ['10000'] },
  { name: 'noise', rle: '1110002021OON230', rows: ['00010', '10100', '01100', '10010', '00011', '10011', '00001'] },
  {
    name: 'disc',
    rle: 'm0532O00000001NS1',
    rows: [
      '00000000000000',
      '00001111100000',
      '00011111110000',
      '00011111110000',
      '00011111110000',
      '00011111110000',
      '00011111110000',
      '00001111100000',
      '00000000000000',
    ],
  },
  {
    name: 'edges',
    rle: '074K0000000005',
    rows: ['11111111', '10000001', '10000001', '10000001', '10000001', '11111111'],
  },
]

it.each(GOLDENS)('writes and reads "$name" as pycocotools does', ({ rle, rows }) => {
  const size = [rows.length, rows[0]!.length] as const
  const mask = Uint8Array.from(rows.join(''), Number)
  expect(encodeRle(mask, size)).toBe(rle)
  expect(decodeRle(rle, size)).toEqual(mask)
})

it('writes long runs in several characters', () => {
  const mask = Uint8Array.from({ length: 210 }, (_, at) => Number(Math.floor(at / 3) % 37 < 30))
  expect(encodeRle(mask, [70, 3])).toBe('0n070L040L040L')
})

it('reads back whatever it wrote, also from one value of many within a box', () => {
  let seed = 7
  const random = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    return seed / 2 ** 32
  }
  for (let turn = 0; turn < 40; turn += 1) {
    const size = [1 + Math.floor(random() * 30), 1 + Math.floor(random() * 150)] as const
    const labels = Int32Array.from({ length: size[0] * size[1] }, () => Math.floor(random() * 3))
    const [top, left] = [Math.floor(random() * size[0]), Math.floor(random() * size[1])]
    const box = { left, top, right: left + 5, bottom: top + 4 }
    const isInBox = (at: number) => {
      const [row, column] = [Math.floor(at / size[1]), at % size[1]]
      return row >= top && row < box.bottom && column >= left && column < box.right
    }
    const expected = Uint8Array.from(labels, (label, at) => Number(label === 2 && isInBox(at)))
    expect(decodeRle(encodeRle(labels, size, { value: 2, box }), size)).toEqual(expected)
  }
})

it('counts the pixels it paints', () => {
  const target = new Int32Array(12)
  expect(paintRle(target, 9, '0<', [3, 4])).toBe(12)
  expect([...target]).toEqual(Array(12).fill(9))
})

it.each(['', 'zzz', '0', '0<1', 'P', '\u007f', 'oooooooo0', '/', '0l'])('refuses "%s" as a mask of 3 × 4', (text) => {
  expect(() => decodeRle(text, [3, 4])).toThrow(expect.objectContaining({ name: 'RleError' }))
})

it('refuses sizes that no memory holds', () => {
  expect(() => decodeRle('0', [200_000, 200_000])).toThrow(/too large/)
})

it('writes a mask from its edges, and knows its bounds without painting it', () => {
  const mask = Uint8Array.of(0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0)
  expect(encodeRleEdges([3, 4, 4, 5, 6, 8], [3, 4])).toBe(encodeRle(mask, [3, 4]))
  expect(rleBounds(encodeRle(mask, [3, 4]), [3, 4])).toEqual({ left: 1, top: 0, right: 3, bottom: 2 })
  expect(rleBounds(encodeRle(new Uint8Array(12), [3, 4]), [3, 4])).toBeNull()
  expect(() => encodeRleEdges([5, 4], [3, 4])).toThrow('edge')
  expect(() => encodeRleEdges([5, 13], [3, 4])).toThrow('edge')
})

it('a mask of a part lies where the part lies in the whole', () => {
  const part = Uint8Array.from([1, 0, 1, 1, 1, 0])
  const whole = new Uint8Array(5 * 7)
  part.forEach((value, at) => {
    whole[(1 + Math.floor(at / 3)) * 7 + 3 + (at % 3)] = value
  })
  const placed = placeRle(encodeRle(part, [2, 3]), [2, 3], { left: 3, top: 1, size: [5, 7] })
  expect(placed).toBe(encodeRle(whole, [5, 7]))
  const full = encodeRle(new Uint8Array(6).fill(1), [2, 3])
  expect(placeRle(full, [2, 3], { left: 0, top: 0, size: [2, 3] })).toBe(full)
})
