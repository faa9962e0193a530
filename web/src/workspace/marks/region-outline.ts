import type { Region } from './region.ts'

const outlines = new WeakMap<Region, number[][]>()

/**
 * Outlines of a region along the sides of its pixels: closed, outer ones clockwise and those of holes counter-clockwise,
 * as x, y in turns, corners only. Kept for as long as the region is.
 */
export function outlineOf(region: Region): number[][] {
  const known = outlines.get(region)
  if (known) return known
  const found = traceOutline(region)
  outlines.set(region, found)
  return found
}

interface Side {
  x: number
  y: number
  toX: number
  toY: number
  isTaken: boolean
}

function traceOutline(region: Region): number[][] {
  const starts = new Map<number, Side[]>()
  const key = (x: number, y: number) => y * 2 ** 20 + x
  const sides: Side[] = []
  const add = (x: number, y: number, toX: number, toY: number) => {
    const side = { x, y, toX, toY, isTaken: false }
    sides.push(side)
    const here = starts.get(key(x, y))
    if (here) here.push(side)
    else starts.set(key(x, y), [side])
  }
  const none = new Int32Array()
  for (let index = 0; index <= region.rows.length; index += 1) {
    const y = region.top + index
    const below = region.rows[index] ?? none
    addLevelSides(region.rows[index - 1] ?? none, below, (from, to) => add(from, y, to, y))
    for (let at = 0; at < below.length; at += 2) {
      add(below[at] as number, y + 1, below[at] as number, y)
      add(below[at + 1] as number, y, below[at + 1] as number, y + 1)
    }
  }
  return sides.flatMap((side) => (side.isTaken ? [] : [follow(side, (x, y) => starts.get(key(x, y)) ?? [])]))
}

/** Sides between two rows of pixels: to the right where only the lower row has pixels, to the left where only the upper. */
function addLevelSides(above: Int32Array, below: Int32Array, add: (from: number, to: number) => void): void {
  let [i, j] = [0, 0]
  let place = 0
  while (i < above.length || j < below.length) {
    const next = Math.min(above[i] ?? Number.POSITIVE_INFINITY, below[j] ?? Number.POSITIVE_INFINITY)
    const [inAbove, inBelow] = [i % 2 === 1, j % 2 === 1]
    if (next > place && inAbove !== inBelow) {
      if (inBelow) add(place, next)
      else add(next, place)
    }
    place = next
    if (above[i] === next) i += 1
    if (below[j] === next) j += 1
  }
}

function follow(first: Side, from: (x: number, y: number) => Side[]): number[] {
  const corners: number[] = []
  let side = first
  do {
    side.isTaken = true
    const [dx, dy] = [Math.sign(side.toX - side.x), Math.sign(side.toY - side.y)]
    const open = from(side.toX, side.toY).filter((next) => !next.isTaken)
    // Where two pixels meet at a corner, turning right keeps them apart, as their sides hang together no more.
    const right = open.find((next) => Math.sign(next.toX - next.x) === -dy && Math.sign(next.toY - next.y) === dx)
    const next = right ?? open[0] ?? first
    if (Math.sign(next.toX - next.x) !== dx || Math.sign(next.toY - next.y) !== dy) corners.push(side.toX, side.toY)
    side = next
  } while (side !== first)
  return corners
}
