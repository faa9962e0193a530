import { RleError } from '@vesalius/contracts'
import { type Runs, requirePixels, runsToRle, type Size } from './runs.ts'

/** x and y in turns, in pixels; the last point joins the first. */
export type Ring = number[]
/** An outline and its holes; where rings overlap, what lies in an even number of them is outside. */
export type Polygon = Ring[]

const MOST_CROSSINGS = 50_000_000

/**
 * The mask of a union of polygons: the pixels whose centre lies inside (even-odd within one polygon). A centre on an edge
 * belongs to the side right of and below the edge, so polygons that share an edge share no pixel. `size`:
 * `[height, width]`. Throws RleError when there is too much to paint.
 */
export function rasterise(polygons: readonly Polygon[], size: Size): string {
  requirePixels(size)
  const runs: Runs = []
  const budget = { crossings: MOST_CROSSINGS }
  for (const polygon of polygons) collectRuns(polygon, size, runs, budget)
  return runsToRle(runs, size)
}

/** `[x, y, width, height]` around all points. */
export function polygonBounds(polygons: readonly Polygon[]): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of polygons.flat()) {
    for (let at = 0; at < ring.length; at += 2) {
      const [x = 0, y = 0] = [ring[at], ring[at + 1]]
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return [left, top, right - left, bottom - top]
}

function collectRuns(polygon: Polygon, [height, width]: Size, runs: Runs, budget: { crossings: number }): void {
  const [left, , span] = polygonBounds([polygon])
  const first = Math.max(0, Math.floor(left))
  const columns = Math.max(0, Math.min(width, Math.ceil(left + span) + 1) - first)
  const crossings: number[][] = Array.from({ length: columns }, () => [])
  for (const ring of polygon) {
    for (let at = 0; at < ring.length; at += 2) {
      const next = (at + 2) % ring.length
      let [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [ring[at], ring[at + 1], ring[next], ring[next + 1]]
      // Always from left to right, so that a line drawn there and back crosses at the very same number twice.
      if (x1 > x2 || (x1 === x2 && y1 > y2)) [x1, y1, x2, y2] = [x2, y2, x1, y1]
      const from = Math.max(first, Math.ceil(x1 - 0.5))
      const to = Math.min(first + columns, Math.ceil(x2 - 0.5))
      budget.crossings -= Math.max(0, to - from)
      if (budget.crossings < 0) throw new RleError('the polygons have too many edges to be painted')
      for (let column = from; column < to; column += 1) {
        crossings[column - first]?.push(y1 + ((column + 0.5 - x1) * (y2 - y1)) / (x2 - x1))
      }
    }
  }
  crossings.forEach((places, index) => {
    places.sort((a, b) => a - b)
    const column = (first + index) * height
    for (let at = 0; at + 1 < places.length; at += 2) {
      const top = clampRow(places[at] ?? 0, height)
      const bottom = clampRow(places[at + 1] ?? 0, height)
      if (bottom > top) runs.push(column + top, column + bottom)
    }
  })
}

/** The first row whose centre lies at or below a place. */
function clampRow(y: number, height: number): number {
  return Math.min(height, Math.max(0, Math.ceil(y - 0.5)))
}
