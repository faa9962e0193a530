import { boundsOf, type Region, runsAt } from './region.ts'

/**
 * Where the region begins and ends in turns, down the columns of an image of `height` rows: ascending, column · height +
 * row. Costs as much as its outline is long, not as its area is large.
 */
export function columnEdges(region: Region, height: number): Float64Array {
  const bounds = boundsOf(region)
  if (!bounds) return new Float64Array()
  const { left, top, right, bottom } = bounds
  const changes = Array.from({ length: bottom - top + 1 }, (_, index) =>
    symmetricDifference(runsAt(region, top + index - 1), runsAt(region, top + index)),
  )
  // Where the edges of each column begin in the answer: counted first, so that nothing has to grow.
  const begins = new Int32Array(right - left + 1)
  for (const runs of changes) {
    for (let at = 0; at < runs.length; at += 2) {
      for (let column = runs[at] as number; column < (runs[at + 1] as number); column += 1) {
        begins[column - left + 1] = (begins[column - left + 1] as number) + 1
      }
    }
  }
  for (let at = 1; at < begins.length; at += 1) begins[at] = (begins[at] as number) + (begins[at - 1] as number)
  const edges = new Float64Array(begins[right - left] as number)
  changes.forEach((runs, index) => {
    for (let at = 0; at < runs.length; at += 2) {
      for (let column = runs[at] as number; column < (runs[at + 1] as number); column += 1) {
        const place = begins[column - left] as number
        edges[place] = column * height + top + index
        begins[column - left] = place + 1
      }
    }
  })
  return edges
}

/** Runs of what is in one of two rows but not in both: the places that only one of them names. */
export function symmetricDifference(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const places: number[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [first, second] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY]
    if (first === second) {
      i += 1
      j += 1
    } else if (first < second) {
      places.push(first)
      i += 1
    } else {
      places.push(second)
      j += 1
    }
  }
  return places
}
