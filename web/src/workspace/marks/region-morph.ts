import { boundsOf, EMPTY_REGION, type Region, regionOf, subtract, union } from './region.ts'
import { paintRegion, regionFromGrid } from './region-parts.ts'
import type { Size } from './region-shapes.ts'

/** All pixels no further than `radius` from one of the region, inside the image. */
export function growBy(region: Region, radius: number, size: Size): Region {
  const reach = Math.floor(radius)
  let grown = region
  for (let down = -reach; down <= reach; down += 1) {
    grown = union(grown, spread(region, down, Math.floor(Math.sqrt(radius ** 2 - down ** 2)), size))
  }
  return grown
}

/** Pixels further than `radius` from everything outside the region. The border of the image is not outside. */
export function shrinkBy(region: Region, radius: number, size: Size): Region {
  const bounds = boundsOf(region)
  if (!bounds) return region
  const reach = Math.ceil(radius)
  const [left, right] = [Math.max(0, bounds.left - reach), Math.min(size.width, bounds.right + reach)]
  const top = Math.max(0, bounds.top - reach)
  const bottom = Math.min(size.height, bounds.bottom + reach)
  const frame = regionOf(
    top,
    Array.from({ length: bottom - top }, () => Int32Array.of(left, right)),
  )
  return subtract(region, growBy(subtract(frame, region), radius, size))
}

/**
 * The region with its outline smoothed: a pixel belongs to it when most of the square of `2 · radius + 1` pixels around
 * does. Outside the image the nearest pixel inside counts.
 */
export function smoothBy(region: Region, radius: number, size: Size): Region {
  const bounds = boundsOf(region)
  if (!bounds) return region
  const left = Math.max(0, bounds.left - radius)
  const top = Math.max(0, bounds.top - radius)
  const right = Math.min(size.width, bounds.right + radius)
  const bottom = Math.min(size.height, bounds.bottom + radius)
  const [width, height] = [right - left, bottom - top]
  const grid = new Uint8Array(width * height)
  paintRegion(grid, width, moved(region, -left, -top), 1)
  const sums = sumSquares(grid, width, height, radius)
  const half = (2 * radius + 1) ** 2 / 2
  const smooth = grid.map((_, at) => Number((sums[at] as number) > half))
  return moved(regionFromGrid(smooth, width, { left: 0, top: 0, right: width, bottom: height }), left, top)
}

/** The region elsewhere; it must stay inside the image. */
export function moved(region: Region, x: number, y: number): Region {
  if (x === 0 && y === 0) return region
  return { top: region.top + y, rows: x === 0 ? region.rows : region.rows.map((runs) => runs.map((at) => at + x)) }
}

/** Every run wider by `across` at both ends, `down` rows further down. */
function spread({ top, rows }: Region, down: number, across: number, { width, height }: Size): Region {
  const first = Math.max(0, top + down)
  const end = Math.min(height, top + down + rows.length)
  if (end <= first) return EMPTY_REGION
  const wide = rows.slice(first - top - down, end - top - down).map((runs) => widen(runs, across, width))
  return regionOf(first, wide)
}

function widen(runs: Int32Array, by: number, width: number): Int32Array {
  if (by === 0) return runs
  const wide: number[] = []
  for (let at = 0; at < runs.length; at += 2) {
    const start = Math.max(0, (runs[at] as number) - by)
    const end = Math.min(width, (runs[at + 1] as number) + by)
    const last = wide.at(-1)
    if (last !== undefined && start <= last) wide[wide.length - 1] = Math.max(last, end)
    else wide.push(start, end)
  }
  return Int32Array.from(wide)
}

/** [row, column]: how many pixels of the square around each are set. */
function sumSquares(grid: Uint8Array, width: number, height: number, radius: number): Uint16Array {
  const across = new Uint16Array(grid.length)
  const clampTo = (place: number, length: number) => Math.min(length - 1, Math.max(0, place))
  for (let row = 0; row < height; row += 1) {
    const start = row * width
    let sum = 0
    for (let by = -radius; by <= radius; by += 1) sum += grid[start + clampTo(by, width)] as number
    for (let column = 0; column < width; column += 1) {
      across[start + column] = sum
      sum += grid[start + clampTo(column + radius + 1, width)] as number
      sum -= grid[start + clampTo(column - radius, width)] as number
    }
  }
  const sums = new Uint16Array(grid.length)
  for (let column = 0; column < width; column += 1) {
    let sum = 0
    for (let by = -radius; by <= radius; by += 1) sum += across[clampTo(by, height) * width + column] as number
    for (let row = 0; row < height; row += 1) {
      sums[row * width + column] = sum
      sum += across[clampTo(row + radius + 1, height) * width + column] as number
      sum -= across[clampTo(row - radius, height) * width + column] as number
    }
  }
  return sums
}
