import { boundsOf, EMPTY_REGION, intersect, isEmpty, type Region, regionOf } from '../region.ts'
import { moved } from '../region-morph.ts'
import { type Point, polygon, type Size } from '../region-shapes.ts'

/**
 * Where the pixels that are looked at lie in the image: the first one's outer corner, and how many pixels of the image
 * one of them is wide. The whole image at full resolution where it is not shown by tiles.
 */
export interface Place {
  left: number
  top: number
  step: number
}

export const WHOLE: Place = { left: 0, top: 0, step: 1 }

export const toPicture = ({ left, top, step }: Place, { x, y }: Point): Point => ({
  x: (x - left) / step,
  y: (y - top) / step,
})
export const toImagePoint = ({ left, top, step }: Place, { x, y }: Point): Point => ({
  x: left + x * step,
  y: top + y * step,
})

/** Pixels of the image that pixels of the picture cover. */
export function toImageRegion({ left, top, step }: Place, region: Region, size: Size): Region {
  if (step === 1) return moved(region, left, top)
  const rows = region.rows.flatMap((runs) => {
    const wide = runs.map((at) => Math.min(size.width, left + at * step))
    return Array.from({ length: step }, () => wide)
  })
  const first = top + region.top * step
  return regionOf(first, rows.slice(0, Math.max(0, size.height - first)))
}

/** Pixels of a picture of `size` whose middle lies in the region of the image. */
export function toPictureRegion({ left, top, step }: Place, region: Region, size: Size): Region {
  const bounds = boundsOf(region)
  if (!bounds) return EMPTY_REGION
  const inPicture = (at: number, from: number) => Math.ceil((at - from) / step - 0.5)
  const first = Math.max(0, inPicture(bounds.top, top))
  const end = Math.min(size.height, inPicture(bounds.bottom, top))
  const rows: Int32Array[] = []
  for (let row = first; row < end; row += 1) {
    const middle = Math.floor(top + (row + 0.5) * step)
    const runs = region.rows[middle - region.top] ?? new Int32Array()
    rows.push(runs.map((at) => inPicture(at, left)))
  }
  const found = rows.length > 0 ? regionOf(first, rows) : EMPTY_REGION
  return isEmpty(found) ? EMPTY_REGION : intersect(withoutEmptyRuns(found), rectangle(size))
}

/** Runs thinner than a pixel of the picture have no middle in them. */
function withoutEmptyRuns({ top, rows }: Region): Region {
  return regionOf(
    top,
    rows.map((runs) => {
      const kept: number[] = []
      for (let at = 0; at < runs.length; at += 2) {
        const [start, end] = [runs[at] as number, runs[at + 1] as number]
        if (end <= start) continue
        if (kept.at(-1) === start) kept[kept.length - 1] = end
        else kept.push(start, end)
      }
      return Int32Array.from(kept)
    }),
  )
}

const rectangle = ({ width, height }: Size): Region =>
  polygon(
    [
      { x: 0, y: 0 },
      { x: width, y: 0 },
      { x: width, y: height },
      { x: 0, y: height },
    ],
    { width, height },
  )
