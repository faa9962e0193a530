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
  const columns = runsOfColumns(decodeCounts(rle, height * width), height)
  const rows = new Map<number, number[]>()
  const toggle = (row: number, column: number) => {
    const places = rows.get(row)
    if (places) places.push(column)
    else rows.set(row, [column])
  }
  let before: number[] = []
  for (const [column, runs] of columns) {
    const changes = symmetricDifference(before, runs)
    for (let at = 0; at < changes.length; at += 2) {
      for (let row = changes[at] as number; row < (changes[at + 1] as number); row += 1) toggle(row, column)
    }
    before = runs
  }
  if (rows.size === 0) return EMPTY_REGION
  const [top, bottom] = minMax(rows.keys())
  const region = regionOf(
    top,
    Array.from({ length: bottom - top + 1 }, (_, index) => Int32Array.from(rows.get(top + index) ?? [])),
  )
  known.set(region, { size: { width, height }, rle })
  return region
}

/** Starts and ends of the runs of each column that has any, ends exclusive, and an empty one after the last of a row of them. */
function runsOfColumns(counts: readonly number[], height: number): [number, number[]][] {
  const columns = new Map<number, number[]>()
  let place = 0
  counts.forEach((count, index) => {
    const end = place + count
    if (index % 2 === 1) {
      while (place < end) {
        const column = Math.floor(place / height)
        const stop = Math.min(end, (column + 1) * height)
        const runs = columns.get(column) ?? []
        runs.push(place - column * height, stop - column * height)
        columns.set(column, runs)
        if (!columns.has(column + 1)) columns.set(column + 1, [])
        place = stop
      }
    }
    place = end
  })
  return [...columns].sort(([a], [b]) => a - b)
}

function minMax(values: Iterable<number>): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}
