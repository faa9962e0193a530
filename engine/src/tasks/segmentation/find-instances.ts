import { componentOf } from './directions.ts'
import type { InstanceRule } from './model-card.ts'
import type { Size } from './seen-picture.ts'

export interface FoundInstances {
  /** [height, width]: 1.. each instance, 0 background. */
  labels: Int32Array
  count: number
}

/** A pixel walks this many steps of one pixel's length at most, and shorter ones at the end, so that walks settle. */
const LONG_STEPS = 56
const SHORT_STEPS = 12
const SHORT_STEP = 0.3

/**
 * Tells touching objects apart. Every pixel of the region walks the way that the network says to be towards its middle;
 * where many walks end is one object, and those who ended there belong to it. A part of the region from which no walk
 * reached such a place joins the object beside it, or is one object where there is none.
 * `isInside` [height, width] 0 or 1; `across`, `down` [height, width] uint8, 0 is −1, 255 is 1. Instances smaller than
 * `smallestArea` are removed. Source: Stringer et al., Cellpose, 2021, Methods, "Inference".
 */
export function findInstances(
  isInside: Uint8Array,
  { across, down }: { across: Uint8Array; down: Uint8Array },
  size: Size,
  { leastEnds, smallestArea }: Pick<InstanceRule, 'leastEnds' | 'smallestArea'>,
): FoundInstances {
  const ends = walk(isInside, across, down, size)
  const crowd = countNearby(ends, size)
  const middles = new Int32Array(isInside.length)
  let count = 0
  for (let at = 0; at < crowd.length; at += 1) {
    if (middles[at] !== 0 || (crowd[at] as number) < leastEnds) continue
    count += 1
    fillComponent(middles, count, at, size, (next) => (crowd[next] as number) >= leastEnds)
  }
  const labels = new Int32Array(isInside.length)
  for (let at = 0; at < labels.length; at += 1) {
    if (isInside[at] === 1) labels[at] = middles[ends[at] as number] as number
  }
  spread(labels, isInside, size)
  for (let at = 0; at < labels.length; at += 1) {
    if (labels[at] !== 0 || isInside[at] === 0) continue
    count += 1
    fillComponent(labels, count, at, size, (next) => isInside[next] === 1 && labels[next] === 0)
  }
  return { labels, count: dropSmall(labels, count, smallestArea) }
}

/** Where the walk of each pixel ends, −1 outside. */
function walk(isInside: Uint8Array, across: Uint8Array, down: Uint8Array, { width, height }: Size): Int32Array {
  const table = Float32Array.from({ length: 256 }, (_, byte) => componentOf(byte))
  const ends = new Int32Array(isInside.length).fill(-1)
  const [lastX, lastY] = [width - 1, height - 1]
  for (let start = 0; start < ends.length; start += 1) {
    if (isInside[start] === 0) continue
    let x = start % width
    let y = (start - x) / width
    for (let step = 0; step < LONG_STEPS + SHORT_STEPS; step += 1) {
      const length = step < LONG_STEPS ? 1 : SHORT_STEP
      const left = x | 0
      const top = y | 0
      const wx = x - left
      const wy = y - top
      const at = top * width + left
      const right = left < lastX ? at + 1 : at
      const below = top < lastY ? width : 0
      const wa = (1 - wx) * (1 - wy)
      const wb = wx * (1 - wy)
      const wc = (1 - wx) * wy
      const wd = wx * wy
      const dx =
        wa * (table[across[at] as number] as number) +
        wb * (table[across[right] as number] as number) +
        wc * (table[across[at + below] as number] as number) +
        wd * (table[across[right + below] as number] as number)
      const dy =
        wa * (table[down[at] as number] as number) +
        wb * (table[down[right] as number] as number) +
        wc * (table[down[at + below] as number] as number) +
        wd * (table[down[right + below] as number] as number)
      x = Math.min(lastX, Math.max(0, x + length * dx))
      y = Math.min(lastY, Math.max(0, y + length * dy))
    }
    ends[start] = Math.round(y) * width + Math.round(x)
  }
  return ends
}

/** How many walks end at a pixel or its eight neighbours. */
function countNearby(ends: Int32Array, { width, height }: Size): Int32Array {
  const counts = new Int32Array(ends.length)
  for (const end of ends) if (end >= 0) counts[end] = (counts[end] as number) + 1
  const rows = new Int32Array(ends.length)
  for (let at = 0; at < counts.length; at += 1) {
    const column = at % width
    rows[at] =
      (counts[at] as number) +
      (column > 0 ? (counts[at - 1] as number) : 0) +
      (column < width - 1 ? (counts[at + 1] as number) : 0)
  }
  return rows.map(
    (sum, at) =>
      sum +
      (at >= width ? (rows[at - width] as number) : 0) +
      (at < width * (height - 1) ? (rows[at + width] as number) : 0),
  )
}

function fillComponent(
  labels: Int32Array,
  label: number,
  start: number,
  size: Size,
  isOpen: (at: number) => boolean,
): void {
  const open = [start]
  labels[start] = label
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    visitNeighbours(at, size, (next) => {
      if (labels[next] !== 0 || !isOpen(next)) return
      labels[next] = label
      open.push(next)
    })
  }
}

/** Gives every pixel inside to the instance that reaches it first, all growing alike. */
function spread(labels: Int32Array, isInside: Uint8Array, size: Size): void {
  let edge: number[] = []
  labels.forEach((label, at) => {
    if (label !== 0) edge.push(at)
  })
  while (edge.length > 0) {
    const next: number[] = []
    for (const at of edge) {
      visitNeighbours(at, size, (place) => {
        if (labels[place] !== 0 || isInside[place] === 0) return
        labels[place] = labels[at] as number
        next.push(place)
      })
    }
    edge = next
  }
}

function visitNeighbours(at: number, { width, height }: Size, visit: (next: number) => void): void {
  const column = at % width
  if (column > 0) visit(at - 1)
  if (column < width - 1) visit(at + 1)
  if (at >= width) visit(at - width)
  if (at < width * (height - 1)) visit(at + width)
}

/** Removes small instances and numbers the others from 1; returns how many are left. */
export function dropSmall(labels: Int32Array, count: number, smallestArea: number): number {
  const areas = new Int32Array(count + 1)
  for (const label of labels) areas[label] = (areas[label] as number) + 1
  const numbers = new Int32Array(count + 1)
  let kept = 0
  for (let label = 1; label <= count; label += 1) {
    if ((areas[label] as number) < smallestArea) continue
    kept += 1
    numbers[label] = kept
  }
  for (let at = 0; at < labels.length; at += 1) labels[at] = numbers[labels[at] as number] as number
  return kept
}
