import { EMPTY_REGION, type Region } from '../region.ts'
import { moved } from '../region-morph.ts'
import { regionFromGrid } from '../region-parts.ts'
import type { Point } from '../region-shapes.ts'
import type { Superpixels } from './superpixels.ts'

/** The patch under a place; none outside the part that was looked at. */
export function superpixelAt({ part, labels }: Superpixels, { x, y }: Point): Region {
  const [column, row] = [Math.floor(x) - part.left, Math.floor(y) - part.top]
  const columns = part.right - part.left
  const rows = part.bottom - part.top
  if (column < 0 || row < 0 || column >= columns || row >= rows) return EMPTY_REGION
  const wanted = labels[row * columns + column] as number
  const grid = Uint8Array.from(labels, (label) => Number(label === wanted))
  return moved(regionFromGrid(grid, columns, { left: 0, top: 0, right: columns, bottom: rows }), part.left, part.top)
}
