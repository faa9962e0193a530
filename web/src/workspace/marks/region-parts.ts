import { boundsOf, EMPTY_REGION, type Region, regionOf, runsAt, subtract, union } from './region.ts'

/** Parts of the region that hang together by the sides of pixels, in reading order. */
export function partsOf(region: Region): Region[] {
  const parents: number[] = []
  const find = (label: number): number => {
    let root = label
    while (parents[root] !== root) root = parents[root] as number
    parents[label] = root
    return root
  }
  const labels: number[][] = []
  region.rows.forEach((runs, index) => {
    const above = region.rows[index - 1]
    const row: number[] = []
    let first = 0
    for (let at = 0; at < runs.length; at += 2) {
      const label = parents.length
      parents.push(label)
      row.push(label)
      if (!above) continue
      const [start, end] = [runs[at] as number, runs[at + 1] as number]
      while (first < above.length && (above[first + 1] as number) <= start) first += 2
      for (let other = first; other < above.length && (above[other] as number) < end; other += 2) {
        const touched = labels[index - 1]?.[other / 2] as number
        parents[Math.max(find(label), find(touched))] = Math.min(find(label), find(touched))
      }
    }
    labels.push(row)
  })
  const parts = new Map<number, { top: number; rows: number[][] }>()
  region.rows.forEach((runs, index) => {
    for (let at = 0; at < runs.length; at += 2) {
      const root = find(labels[index]?.[at / 2] as number)
      const part = parts.get(root) ?? { top: index, rows: [] }
      parts.set(root, part)
      const place = index - part.top
      part.rows[place] ??= []
      part.rows[place].push(runs[at] as number, runs[at + 1] as number)
    }
  })
  return [...parts.values()].map((part) =>
    regionOf(
      region.top + part.top,
      Array.from(part.rows, (runs) => Int32Array.from(runs ?? [])),
    ),
  )
}

/** The region with every hole in it filled. */
export function fillHoles(region: Region): Region {
  const bounds = boundsOf(region)
  if (!bounds) return region
  const { left, top, right, bottom } = bounds
  const frame = Array.from({ length: bottom - top + 2 }, () => Int32Array.of(left - 1, right + 1))
  const [, ...holes] = partsOf(subtract({ top: top - 1, rows: frame }, region))
  return holes.reduce(union, region)
}

/** The region in two or more parts along a cut; what lay under the cut goes to the largest. Whole when it does not part. */
export function splitRegion(region: Region, cut: Region): Region[] {
  const parts = partsOf(subtract(region, cut))
  if (parts.length < 2) return [region]
  const sizes = parts.map(({ rows }) => rows.reduce((sum, runs) => sum + runs.length, 0))
  const largest = sizes.indexOf(Math.max(...sizes))
  const rest = parts.reduce((left, part) => subtract(left, part), region)
  return parts.map((part, index) => (index === largest ? union(part, rest) : part))
}

/** [row, column] bytes of a grid to a region: all other than 0, within the box. */
export function regionFromGrid(
  grid: Uint8Array,
  width: number,
  box: { left: number; top: number; right: number; bottom: number },
): Region {
  const rows: Int32Array[] = []
  for (let row = box.top; row < box.bottom; row += 1) {
    const runs: number[] = []
    let isInside = false
    for (let column = box.left; column < box.right; column += 1) {
      if ((grid[row * width + column] !== 0) === isInside) continue
      runs.push(column)
      isInside = !isInside
    }
    if (isInside) runs.push(box.right)
    rows.push(Int32Array.from(runs))
  }
  return rows.length > 0 ? regionOf(box.top, rows) : EMPTY_REGION
}

/** Writes a value at every pixel of the region into [row, column] bytes. */
export function paintRegion(grid: Uint8Array, width: number, region: Region, value: number): void {
  for (let row = region.top; row < region.top + region.rows.length; row += 1) {
    const runs = runsAt(region, row)
    for (let at = 0; at < runs.length; at += 2) {
      grid.fill(value, row * width + (runs[at] as number), row * width + (runs[at + 1] as number))
    }
  }
}
