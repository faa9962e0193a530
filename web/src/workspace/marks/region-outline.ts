import type { Region } from './region.ts'

const outlines = new WeakMap<Region, number[][]>()

/**
 * Outlines of a region along the sides of its pixels: closed, outer ones clockwise and those of holes counter-clockwise,
 * as x, y in turns, corners only. Pixels that meet at a corner only are kept apart. Kept for as long as the region is.
 */
export function outlineOf(region: Region): number[][] {
  const known = outlines.get(region)
  if (known) return known
  const found = traceOutline(region)
  outlines.set(region, found)
  return found
}

/**
 * The corners of a region in reading order. Level sides join 0 and 1, 2 and 3 and so on; every corner ends one level and
 * one upright side, so that an outline is followed without a search.
 */
interface Corners {
  count: number
  x: Int32Array
  y: Int32Array
  /** The corner at the other end of the upright side. */
  across: Int32Array
  /** 1: the pixels of its level side lie below it. */
  isTop: Uint8Array
}

function traceOutline(region: Region): number[][] {
  const { count, x, y, across, isTop } = findCorners(region)
  const isTaken = new Uint8Array(count)
  const outlines: number[][] = []
  for (let level = 0; level < count; level += 2) {
    if (isTaken[level] !== 0) continue
    const first = isTop[level] === 1 ? level : level + 1
    const outline: number[] = []
    let corner = first
    do {
      const end = corner ^ 1
      isTaken[corner] = 1
      isTaken[end] = 1
      corner = across[end] as number
      outline.push(x[end] as number, y[end] as number, x[corner] as number, y[corner] as number)
    } while (corner !== first)
    outlines.push(outline)
  }
  return outlines
}

const NO_RUNS = new Int32Array()

function findCorners({ top, rows }: Region): Corners {
  const most = 2 * rows.reduce((sum, runs) => sum + runs.length, 0)
  const found: Corners = {
    ...{ count: 0, x: new Int32Array(most), y: new Int32Array(most) },
    ...{ across: new Int32Array(most), isTop: new Uint8Array(most) },
  }
  // The corner at which the upright side of each place of the row above began.
  let begun: Int32Array = NO_RUNS
  for (let index = 0; index <= rows.length; index += 1) {
    begun = addLevel(found, top + index, rows[index - 1] ?? NO_RUNS, begun, rows[index] ?? NO_RUNS)
  }
  return found
}

/** Adds the corners between two rows, in order; answers where the upright sides of the lower row began. */
function addLevel(
  corners: Corners,
  y: number,
  above: Int32Array,
  begunAbove: Int32Array,
  below: Int32Array,
): Int32Array {
  const begun = new Int32Array(below.length)
  const add = (x: number, isTop: boolean) => {
    const corner = corners.count
    corners.x[corner] = x
    corners.y[corner] = y
    corners.isTop[corner] = Number(isTop)
    corners.count += 1
    return corner
  }
  let [i, j] = [0, 0]
  const end = (x: number, isTop: boolean) => {
    const [corner, start] = [add(x, isTop), begunAbove[i] as number]
    corners.across[corner] = start
    corners.across[start] = corner
    i += 1
  }
  const begin = (x: number, isTop: boolean) => {
    begun[j] = add(x, isTop)
    j += 1
  }
  while (i < above.length || j < below.length) {
    const [upper, lower] = [i < above.length ? above[i] : undefined, j < below.length ? below[j] : undefined]
    const [isInAbove, isInBelow] = [(i & 1) === 1, (j & 1) === 1]
    if (upper === lower && upper !== undefined) {
      if (isInAbove === isInBelow) {
        begun[j] = begunAbove[i] as number
        i += 1
        j += 1
      } else if (isInAbove) {
        end(upper, false)
        begin(upper, true)
      } else {
        begin(upper, true)
        end(upper, false)
      }
    } else if (lower === undefined || (upper !== undefined && upper < lower)) {
      end(upper as number, isInBelow)
    } else begin(lower, !isInAbove)
  }
  return begun
}
