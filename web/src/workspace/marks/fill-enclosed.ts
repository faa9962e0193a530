import { EMPTY_REGION, type Region, regionOf, runsAt } from './region.ts'
import type { Point, Size } from './region-shapes.ts'

/**
 * The pixels around a place that masks shut off from the border of the image; none where the place is not shut off.
 * Found run by run from the place on, so that it costs what is filled and not what the image is large.
 */
export function fillEnclosed(masks: readonly Region[], place: Point, { width, height }: Size): Region {
  const [column, row] = [Math.floor(place.x), Math.floor(place.y)]
  if (column < 0 || row < 0 || column >= width || row >= height) return EMPTY_REGION
  const freeRuns = new Map<number, number[]>()
  const freeAt = (at: number): number[] => {
    const known = freeRuns.get(at)
    if (known) return known
    const free = freeOfRow(masks, at, width)
    freeRuns.set(at, free)
    return free
  }
  const first = runOver(freeAt(row), column, column + 1)[0]
  if (first === undefined) return EMPTY_REGION
  const filled = new Map<number, Set<number>>([[row, new Set([first])]])
  const open: [number, number][] = [[row, first]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [at, run] = next
    const free = freeAt(at)
    const [start, end] = [free[run] as number, free[run + 1] as number]
    if (start === 0 || end === width || at === 0 || at === height - 1) return EMPTY_REGION
    for (const beside of [at - 1, at + 1]) {
      const known = filled.get(beside) ?? new Set()
      filled.set(beside, known)
      for (const other of runOver(freeAt(beside), start, end)) {
        if (known.has(other)) continue
        known.add(other)
        open.push([beside, other])
      }
    }
  }
  const rows = [...filled].filter(([, runs]) => runs.size > 0).sort(([a], [b]) => a - b)
  const top = rows[0]?.[0] ?? 0
  return regionOf(
    top,
    rows.map(([at, runs]) =>
      Int32Array.from([...runs].sort((a, b) => a - b).flatMap((run) => freeAt(at).slice(run, run + 2))),
    ),
  )
}

/** Places in the list at which runs begin that share a column with `start` to `end`. */
function runOver(runs: readonly number[], start: number, end: number): number[] {
  const found: number[] = []
  for (let at = 0; at < runs.length && (runs[at] as number) < end; at += 2) {
    if ((runs[at + 1] as number) > start) found.push(at)
  }
  return found
}

/** Runs of a row that no mask has. */
function freeOfRow(masks: readonly Region[], row: number, width: number): number[] {
  const taken = masks
    .flatMap((mask) => {
      const runs = runsAt(mask, row)
      return Array.from({ length: runs.length / 2 }, (_, at) => [runs[2 * at] as number, runs[2 * at + 1] as number])
    })
    .sort(([a = 0], [b = 0]) => a - b)
  const free: number[] = []
  let from = 0
  for (const [start = 0, end = 0] of taken) {
    if (start > from) free.push(from, start)
    from = Math.max(from, end)
  }
  if (from < width) free.push(from, width)
  return free
}
