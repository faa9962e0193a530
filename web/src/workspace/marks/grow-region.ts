import type { PixelGrid } from '../viewport/frames/pixel-grid.ts'
import { EMPTY_REGION, type Region } from './region.ts'
import { regionFromGrid } from './region-parts.ts'
import type { Point } from './region-shapes.ts'

/**
 * Pixels that hang together with the one at `seed` and differ from it by no more than `tolerance` in any channel;
 * `tolerance` is 0..255, of 255 for the whole range that samples of this kind can have.
 */
export function growRegion(pixels: PixelGrid, seed: Point, tolerance: number): Region {
  const { width, height, samples, channels, facts } = pixels
  const [x, y] = [Math.floor(seed.x), Math.floor(seed.y)]
  if (x < 0 || y < 0 || x >= width || y >= height) return EMPTY_REGION
  const start = y * width + x
  const most = (tolerance / 255) * (2 ** facts.bitsStored - 1)
  const compared = Math.min(3, channels)
  const isAlike = (at: number) => {
    for (let channel = 0; channel < compared; channel += 1) {
      const gap = (samples[channels * at + channel] as number) - (samples[channels * start + channel] as number)
      if (Math.abs(gap) > most) return false
    }
    return true
  }
  const grid = new Uint8Array(width * height)
  const box = { left: x, top: y, right: x + 1, bottom: y + 1 }
  const open = [start]
  grid[start] = 1
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const column = at % width
    const row = (at - column) / width
    box.left = Math.min(box.left, column)
    box.right = Math.max(box.right, column + 1)
    box.top = Math.min(box.top, row)
    box.bottom = Math.max(box.bottom, row + 1)
    const visit = (next: number) => {
      if (grid[next] !== 0 || !isAlike(next)) return
      grid[next] = 1
      open.push(next)
    }
    if (column > 0) visit(at - 1)
    if (column < width - 1) visit(at + 1)
    if (row > 0) visit(at - width)
    if (row < height - 1) visit(at + width)
  }
  return regionFromGrid(grid, width, box)
}
