import { EMPTY_REGION, type Region, regionOf } from './region.ts'

/** A place in pixels of the image: 0, 0 is the outer corner of the first pixel, whose middle is 0.5, 0.5. */
export interface Point {
  x: number
  y: number
}
export interface Size {
  width: number
  height: number
}

/** Pixels whose middle lies no further than `radius` from the line between two points, inside the image. */
export function capsule(from: Point, to: Point, radius: number, size: Size): Region {
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius))
  const bottom = Math.min(size.height, Math.ceil(Math.max(from.y, to.y) + radius) + 1)
  const sides = sidesOf(from, to, radius)
  const rows: Int32Array[] = []
  for (let row = top; row < bottom; row += 1) {
    const y = row + 0.5
    let left = Number.POSITIVE_INFINITY
    let right = Number.NEGATIVE_INFINITY
    for (const end of [from, to]) {
      const reach = radius ** 2 - (y - end.y) ** 2
      if (reach < 0) continue
      left = Math.min(left, end.x - Math.sqrt(reach))
      right = Math.max(right, end.x + Math.sqrt(reach))
    }
    for (const x of crossings(sides, y)) {
      left = Math.min(left, x)
      right = Math.max(right, x)
    }
    rows.push(runBetween(left, right, size.width))
  }
  return rows.length > 0 ? regionOf(top, rows) : EMPTY_REGION
}

/** Pixels whose middle lies inside the closed polygon, by the even-odd rule, inside the image. */
export function polygon(points: readonly Point[], size: Size): Region {
  return polygons([points], size)
}

/** As `polygon`, of several at once: what two of them cover is outside again, as a hole is. */
export function polygons(rings: readonly (readonly Point[])[], size: Size): Region {
  const closed = rings.filter((points) => points.length >= 3)
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const points of closed) {
    for (const { y } of points) {
      first = Math.min(first, y)
      last = Math.max(last, y)
    }
  }
  const top = Math.max(0, Math.floor(first))
  const bottom = Math.min(size.height, Math.ceil(last))
  const places = crossingsByRow(closed, top, bottom)
  const rows = places.map((row) => {
    row.sort((a, b) => a - b)
    const runs: number[] = []
    for (let at = 0; at + 1 < row.length; at += 2) {
      const [start, end] = runBetween(row[at] as number, row[at + 1] as number, size.width)
      if (start === undefined || end === undefined) continue
      const last = runs.at(-1)
      // A middle that lies exactly on a side belongs to what is on either side of it.
      if (last !== undefined && start <= last) runs[runs.length - 1] = Math.max(last, end)
      else runs.push(start, end)
    }
    return Int32Array.from(runs)
  })
  return rows.length > 0 ? regionOf(top, rows) : EMPTY_REGION
}

/** [row from `top`] where the sides cross the middles of the rows: each side is walked once. */
function crossingsByRow(rings: readonly (readonly Point[])[], top: number, bottom: number): number[][] {
  const places: number[][] = Array.from({ length: Math.max(0, bottom - top) }, () => [])
  for (const points of rings) {
    points.forEach((point, index) => {
      const next = points[(index + 1) % points.length] as Point
      const [low, high] = point.y < next.y ? [point, next] : [next, point]
      const start = Math.max(top, Math.ceil(low.y - 0.5))
      const end = Math.min(bottom, Math.ceil(high.y - 0.5))
      for (let row = start; row < end; row += 1) {
        places[row - top]?.push(low.x + ((row + 0.5 - low.y) / (high.y - low.y)) * (high.x - low.x))
      }
    })
  }
  return places
}

/** The rectangle beside the line, as a polygon. */
function sidesOf(from: Point, to: Point, radius: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  if (length === 0) return []
  const x = (-(to.y - from.y) / length) * radius
  const y = ((to.x - from.x) / length) * radius
  return [
    { x: from.x + x, y: from.y + y },
    { x: to.x + x, y: to.y + y },
    { x: to.x - x, y: to.y - y },
    { x: from.x - x, y: from.y - y },
  ]
}

function crossings(points: readonly Point[], y: number): number[] {
  return points.flatMap((point, index) => {
    const next = points[(index + 1) % points.length] as Point
    if (point.y <= y === next.y <= y) return []
    return [point.x + ((y - point.y) / (next.y - point.y)) * (next.x - point.x)]
  })
}

/** Pixels of a row whose middle lies between two places: start and end, or nothing. */
function runBetween(left: number, right: number, width: number): Int32Array {
  const start = Math.max(0, Math.ceil(left - 0.5))
  const end = Math.min(width, Math.floor(right - 0.5) + 1)
  return end > start ? Int32Array.of(start, end) : new Int32Array()
}
