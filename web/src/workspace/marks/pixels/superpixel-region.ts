import { EMPTY_REGION, type Region } from '../region.ts'
import { moved } from '../region-morph.ts'
import { regionFromGrid } from '../region-parts.ts'
import type { Point } from '../region-shapes.ts'
import { toImageRegion, toPicture } from './place.ts'
import type { Superpixels } from './superpixels.ts'

/** Whether a place of the image lies in the part that was looked at. */
export function holdsPlace({ part, place }: Superpixels, at: Point): boolean {
  const { x, y } = toPicture(place, at)
  return x >= part.left && y >= part.top && x < part.right && y < part.bottom
}

/** The patch under a place, in pixels of the image; none outside the part that was looked at. */
export function superpixelAt(patches: Superpixels, at: Point): Region {
  const { part, labels, place, size } = patches
  if (!holdsPlace(patches, at)) return EMPTY_REGION
  const { x, y } = toPicture(place, at)
  const columns = part.right - part.left
  const rows = part.bottom - part.top
  const wanted = labels[(Math.floor(y) - part.top) * columns + Math.floor(x) - part.left] as number
  const grid = Uint8Array.from(labels, (label) => Number(label === wanted))
  const found = regionFromGrid(grid, columns, { left: 0, top: 0, right: columns, bottom: rows })
  return toImageRegion(place, moved(found, part.left, part.top), size)
}
