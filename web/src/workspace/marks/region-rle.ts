import { decodeCounts, encodeRleEdges } from '@vesalius/contracts'
import { EMPTY_REGION, type Region, regionOf } from './region.ts'
import { columnEdges, symmetricDifference } from './region-edges.ts'
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

/**
 * The region a run-length encoded mask covers, within an image of that size. Columns are walked along edges only, so it
 * costs as much as the outline is long. Throws RleError when the text does not fill that size.
 */
export function decodeRegion(rle: string, { width, height }: Size): Region {
  const turns = turnsOf(decodeCounts(rle, height * width), height)
  if (turns.length === 0) return EMPTY_REGION
  let [top, bottom] = [height, 0]
  for (let at = 0; at < turns.length; at += 3) {
    top = Math.min(top, turns[at + 1] as number)
    bottom = Math.max(bottom, turns[at + 2] as number)
  }
  // Where the places of each row begin in one list of all: counted first, so that nothing has to grow.
  const begins = new Int32Array(bottom - top + 1)
  for (let at = 0; at < turns.length; at += 3) {
    for (let row = turns[at + 1] as number; row < (turns[at + 2] as number); row += 1) {
      begins[row - top + 1] = (begins[row - top + 1] as number) + 1
    }
  }
  for (let at = 1; at < begins.length; at += 1) begins[at] = (begins[at] as number) + (begins[at - 1] as number)
  const places = new Int32Array(begins[bottom - top] as number)
  const next = begins.slice()
  for (let at = 0; at < turns.length; at += 3) {
    for (let row = turns[at + 1] as number; row < (turns[at + 2] as number); row += 1) {
      const place = next[row - top] as number
      places[place] = turns[at] as number
      next[row - top] = place + 1
    }
  }
  const region = regionOf(
    top,
    Array.from({ length: bottom - top }, (_, row) => places.subarray(begins[row], begins[row + 1])),
  )
  known.set(region, { size: { width, height }, rle })
  return region
}

/** Column, first and last row (exclusive) in turns, by columns: where rows enter or leave the mask. */
function turnsOf(counts: readonly number[], height: number): number[] {
  const turns: number[] = []
  let column = -1
  let [before, runs]: [number[], number[]] = [[], []]
  const close = () => {
    const changes = symmetricDifference(before, runs)
    for (let at = 0; at < changes.length; at += 2) turns.push(column, changes[at] as number, changes[at + 1] as number)
  }
  const turnTo = (next: number) => {
    if (column >= 0) close()
    before = next === column + 1 ? runs : []
    if (before !== runs && runs.length > 0) {
      // What was in the mask leaves it in the next column, which has nothing.
      for (let at = 0; at < runs.length; at += 2) turns.push(column + 1, runs[at] as number, runs[at + 1] as number)
    }
    column = next
    runs = []
  }
  let place = 0
  counts.forEach((count, index) => {
    const end = place + count
    if (index % 2 === 1) {
      while (place < end) {
        const next = Math.floor(place / height)
        if (next !== column) turnTo(next)
        const stop = Math.min(end, (next + 1) * height)
        runs.push(place - next * height, stop - next * height)
        place = stop
      }
    }
    place = end
  })
  if (column >= 0) {
    close()
    for (let at = 0; at < runs.length; at += 2) turns.push(column + 1, runs[at] as number, runs[at + 1] as number)
  }
  return turns
}
