import { decodeCounts, encodeCounts, type PixelBox, RleError, rleBounds } from '@vesalius/contracts'

/** `[height, width]` in pixels. */
export type Size = readonly [number, number]
/** Starts and ends in turns, ends exclusive, as places down the columns. */
export type Runs = number[]

const MOST_PIXELS = 2 ** 28

/** A part of a mask: `data` is `[height, width]` row-major, bytes 0 and 1, of the box only. */
export interface MaskWindow extends PixelBox {
  data: Uint8Array
}

export function requirePixels([height, width]: Size): number {
  const pixels = height * width
  if (!(pixels > 0 && pixels <= MOST_PIXELS)) throw new RleError(`a mask of ${height} × ${width} pixels is too large`)
  return pixels
}

export function rleRuns(rle: string, size: Size): Runs {
  const runs: Runs = []
  let place = 0
  decodeCounts(rle, requirePixels(size)).forEach((count, index) => {
    if (index % 2 === 1 && count > 0) runs.push(place, place + count)
    place += count
  })
  return runs
}

/** Run-length text of runs in any order, which may overlap and touch. Throws RleError beyond the size. */
export function runsToRle(runs: Runs, size: Size): string {
  const pixels = requirePixels(size)
  const order = Array.from({ length: runs.length / 2 }, (_, index) => index * 2)
  order.sort((a, b) => (runs[a] ?? 0) - (runs[b] ?? 0))
  const counts: number[] = []
  let end = 0
  for (const at of order) {
    const [start, stop] = [runs[at] ?? 0, runs[at + 1] ?? 0]
    if (stop <= end && end > 0) continue
    if (counts.length > 0 && start <= end) counts[counts.length - 1] = (counts.at(-1) ?? 0) + stop - end
    else counts.push(start - end, stop - start)
    end = stop
  }
  if (end > pixels) throw new RleError('the mask reaches beyond its size')
  if (end < pixels || counts.length === 0) counts.push(pixels - end)
  return encodeCounts(counts)
}

/** COCO's uncompressed writing: lengths of background and mask in turns. Throws RleError unless they fill the size. */
export function countsToRle(counts: readonly number[], size: Size): string {
  const pixels = requirePixels(size)
  const runs: Runs = []
  let place = 0
  counts.forEach((count, index) => {
    if (index % 2 === 1 && count > 0) runs.push(place, place + count)
    place += count
  })
  if (place !== pixels) throw new RleError(`the runs of the mask fill ${place} of ${pixels} pixels`)
  return runsToRle(runs, size)
}

/** The part of the picture the mask reaches over; null when it is empty. */
export function cutWindow(rle: string, size: Size): MaskWindow | null {
  const bounds = rleBounds(rle, size)
  if (!bounds) return null
  const [height] = size
  const width = bounds.right - bounds.left
  const data = new Uint8Array(width * (bounds.bottom - bounds.top))
  const runs = rleRuns(rle, size)
  for (let at = 0; at < runs.length; at += 2) {
    const end = runs[at + 1] ?? 0
    let place = runs[at] ?? 0
    while (place < end) {
      const column = Math.floor(place / height)
      const stop = Math.min(end, (column + 1) * height)
      for (let row = place - column * height; row < stop - column * height; row += 1) {
        data[(row - bounds.top) * width + column - bounds.left] = 1
      }
      place = stop
    }
  }
  return { ...bounds, data }
}

/** The mask of a picture whose pixels other than 0 lie in a window; what lies beside the picture is cut. */
export function windowToRle({ left, top, right, bottom, data }: MaskWindow, size: Size): string {
  const [height, width] = size
  const columns = right - left
  const runs: Runs = []
  for (let x = Math.max(0, left); x < Math.min(width, right); x += 1) {
    let start = -1
    const last = Math.min(height, bottom)
    for (let y = Math.max(0, top); y <= last; y += 1) {
      const isInside = y < last && data[(y - top) * columns + x - left] !== 0
      if (isInside && start < 0) start = y
      if (isInside || start < 0) continue
      runs.push(x * height + start, x * height + y)
      start = -1
    }
  }
  return runsToRle(runs, size)
}
