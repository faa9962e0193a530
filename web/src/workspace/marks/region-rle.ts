import { encodeRleEdges } from '@vesalius/contracts'
import type { Region } from './region.ts'
import { columnEdges } from './region-edges.ts'
import type { Size } from './region-shapes.ts'

const known = new WeakMap<Region, { size: Size; rle: string }>()

/**
 * The region as a label file writes it, within an image of that size. Kept for as long as the region is, so that a label
 * or a draft costs only the masks that changed since the last one.
 */
export function encodeRegion(region: Region, { width, height }: Size): string {
  const found = known.get(region)
  if (found && found.size.width === width && found.size.height === height) return found.rle
  const rle = encodeRleEdges(columnEdges(region, height), [height, width])
  known.set(region, { size: { width, height }, rle })
  return rle
}
