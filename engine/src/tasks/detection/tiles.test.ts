import { expect, it } from 'vitest'
import { cutTile, planTiles } from './tiles.ts'

it('covers a picture with tiles that share enough, and uses one where it fits', () => {
  expect(planTiles(100, 80, 128, 32)).toEqual([{ left: 0, top: 0, width: 100, height: 80 }])
  for (let width = 129; width < 700; width += 37) {
    const tiles = planTiles(width, 64, 128, 32)
    expect(tiles[0]!.left).toBe(0)
    expect(tiles.at(-1)!.left + 128).toBe(width)
    tiles.slice(1).forEach((tile, index) => {
      expect(tiles[index]!.left + 128 - tile.left).toBeGreaterThanOrEqual(32)
    })
  }
})

it('cuts a tile out of the pixels', () => {
  const pixels = Uint8Array.from({ length: 4 * 3 * 2 }, (_, at) => at)
  expect([...cutTile(pixels, 4, 2, { left: 1, top: 1, width: 2, height: 2 })]).toEqual([10, 11, 12, 13, 18, 19, 20, 21])
})
