import type { Size } from './seen-picture.ts'

export interface FoundInstances {
  /** [height, width]: 1.. each instance, 0 background. */
  labels: Int32Array
  count: number
}

const LEVELS = 256
/** A seed smaller than this share of the smallest instance is noise. */
const SEED_SHARE = 0.3

/**
 * Tells touching objects apart. Deep pixels that hang together are the seed of one instance; from the seeds the region is
 * flooded from its deepest pixels to its shallowest, so that floods meet where it is narrow. A part of the region without
 * a seed is one instance. `isInside` [height, width] 0 or 1; `depths` [height, width] uint8, 255 is deepest;
 * `seedDepth` 0..1. Seeds of a pixel or two are noise; instances smaller than `smallestArea` are removed.
 * Source of the flood: Vincent and Soille, Watersheds in Digital Spaces, 1991.
 */
export function findInstances(
  isInside: Uint8Array,
  depths: Uint8Array,
  { width, height }: Size,
  { seedDepth, smallestArea }: { seedDepth: number; smallestArea: number },
): FoundInstances {
  const labels = new Int32Array(width * height)
  const least = Math.max(1, Math.round(seedDepth * 255))
  let count = 0
  const grow = (isOpen: (at: number) => boolean) => {
    for (let at = 0; at < labels.length; at += 1) {
      if (labels[at] !== 0 || !isOpen(at)) continue
      count += 1
      fillComponent(labels, count, at, width, isOpen)
    }
  }
  grow((at) => isInside[at] === 1 && (depths[at] as number) >= least)
  count = dropSmall(labels, count, Math.max(2, smallestArea * SEED_SHARE))
  flood(labels, isInside, depths, width)
  grow((at) => isInside[at] === 1)
  return { labels, count: dropSmall(labels, count, smallestArea) }
}

function fillComponent(
  labels: Int32Array,
  label: number,
  start: number,
  width: number,
  isOpen: (at: number) => boolean,
): void {
  const open = [start]
  labels[start] = label
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    visitNeighbours(at, width, labels.length, (next) => {
      if (labels[next] !== 0 || !isOpen(next)) return
      labels[next] = label
      open.push(next)
    })
  }
}

/** Gives every pixel inside to the instance that reaches it first, the deepest pixels before all others. */
function flood(labels: Int32Array, isInside: Uint8Array, depths: Uint8Array, width: number): void {
  const queues: number[][] = Array.from({ length: LEVELS }, () => [])
  let level = 0
  const enter = (at: number, most: number) => {
    visitNeighbours(at, width, labels.length, (next) => {
      if (labels[next] !== 0 || isInside[next] === 0) return
      labels[next] = labels[at] as number
      // A hollow behind a ridge is flooded at the ridge's level.
      queues[Math.min(most, depths[next] as number)]?.push(next)
    })
  }
  for (let at = 0; at < labels.length; at += 1) if (labels[at] !== 0) queues[depths[at] as number]?.push(at)
  for (level = LEVELS - 1; level >= 0; level -= 1) {
    const queue = queues[level] ?? []
    for (let first = 0; first < queue.length; first += 1) enter(queue[first] as number, level)
    queue.length = 0
  }
}

function visitNeighbours(at: number, width: number, length: number, visit: (next: number) => void): void {
  const column = at % width
  if (column > 0) visit(at - 1)
  if (column < width - 1) visit(at + 1)
  if (at >= width) visit(at - width)
  if (at < length - width) visit(at + width)
}

/** Removes small instances and numbers the others from 1; returns how many are left. */
function dropSmall(labels: Int32Array, count: number, smallestArea: number): number {
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
