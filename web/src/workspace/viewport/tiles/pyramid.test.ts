import { describe, expect, it } from 'vitest'
import { levelFor, partOfTile, tilesIn } from './pyramid.ts'

const tiles = {
  side: 512,
  encoding: 'jpeg',
  bits: 8,
  levels: [
    { width: 2001, height: 1000 },
    { width: 1001, height: 500 },
    { width: 501, height: 250 },
  ],
} as const
const pyramid = { ...tiles, levels: [...tiles.levels] }
const view = (scale: number) => ({ x: 0, y: 0, scale, turn: 0, isFlipped: false })

describe('a pyramid of tiles', () => {
  it('is shown by the level whose pixels are just no larger than those of the screen', () => {
    expect([2, 1, 0.6, 0.5, 0.26, 0.25, 0.01].map((scale) => levelFor(pyramid, view(scale), 1))).toEqual([
      0, 0, 0, 1, 1, 2, 2,
    ])
    expect(levelFor(pyramid, view(0.5), 2)).toBe(0)
  })

  it('lists the tiles a part touches, those in its middle first', () => {
    const part = { left: 400, top: 0, right: 1600, bottom: 500 }
    expect(tilesIn(pyramid, 0, part).map(({ column, row }) => `${column} ${row}`)).toEqual(['1 0', '2 0', '0 0', '3 0'])
    expect(tilesIn(pyramid, 2, part)).toHaveLength(1)
    expect(tilesIn(pyramid, 0, { ...part, right: 400 })).toEqual([])
  })

  it('covers the image without gaps', () => {
    expect(partOfTile(pyramid, { level: 0, column: 3, row: 1 })).toEqual({
      left: 1536,
      top: 512,
      width: 465,
      height: 488,
    })
    expect(partOfTile(pyramid, { level: 1, column: 1, row: 0 })).toEqual({
      left: 1024,
      top: 0,
      width: 978,
      height: 1000,
    })
  })
})
