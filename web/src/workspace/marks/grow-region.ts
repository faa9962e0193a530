import { EMPTY_REGION, type Region } from './region.ts'
import { regionFromGrid } from './region-parts.ts'
import type { Point, Size } from './region-shapes.ts'

/**
 * Pixels that hang together with the one at `seed` and differ from it by no more than `tolerance`, 0..255, in any
 * colour. `pixels` [row, column, 4] uint8.
 */
export function growRegion(pixels: Uint8ClampedArray, { width, height }: Size, seed: Point, tolerance: number): Region {
  const [x, y] = [Math.floor(seed.x), Math.floor(seed.y)]
  if (x < 0 || y < 0 || x >= width || y >= height) return EMPTY_REGION
  const start = y * width + x
  const isAlike = (at: number) => {
    for (let channel = 0; channel < 3; channel += 1) {
      const gap = (pixels[4 * at + channel] as number) - (pixels[4 * start + channel] as number)
      if (Math.abs(gap) > tolerance) return false
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
