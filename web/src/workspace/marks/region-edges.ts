import { boundsOf, type Region, runsAt } from './region.ts'

/**
 * Where the region begins and ends in turns, down the columns of an image of `height` rows: ascending, column · height +
 * row. Costs as much as its outline is long, not as its area is large.
 */
export function columnEdges(region: Region, height: number): number[] {
  const bounds = boundsOf(region)
  if (!bounds) return []
  const columns: number[][] = Array.from({ length: bounds.right - bounds.left }, () => [])
  for (let row = bounds.top; row <= bounds.bottom; row += 1) {
    const changes = symmetricDifference(runsAt(region, row - 1), runsAt(region, row))
    for (let at = 0; at < changes.length; at += 2) {
      for (let column = changes[at] as number; column < (changes[at + 1] as number); column += 1) {
        columns[column - bounds.left]?.push(row)
      }
    }
  }
  return columns.flatMap((rows, index) => rows.map((row) => (bounds.left + index) * height + row))
}

/** Runs of what is in one of two rows but not in both: the places that only one of them names. */
function symmetricDifference(a: Int32Array, b: Int32Array): number[] {
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
