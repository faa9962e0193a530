/** Groups looked for, and pictures a group should have on average at least. */
const MOST_KINDS = 8
const FEWEST_EACH = 6
const ROUNDS = 20

/**
 * Groups what looks alike: the number of its kind for each row of features, numbers of any count in one unit. Rows that
 * are all alike are one kind. The same rows give the same kinds.
 * Source: Lloyd, Least Squares Quantization in PCM, 1982, begun from rows as far apart as can be (Gonzalez, 1985).
 */
export function findKinds(rows: readonly (readonly number[])[]): number[] {
  const count = Math.max(1, Math.min(MOST_KINDS, Math.floor(rows.length / FEWEST_EACH)))
  const centres = spreadCentres(rows, count)
  let kinds = rows.map((row) => nearest(row, centres).kind)
  for (let round = 0; round < ROUNDS; round += 1) {
    centres.forEach((centre, kind) => {
      const own = rows.filter((_, at) => kinds[at] === kind)
      if (own.length > 0) centres[kind] = centre.map((_, place) => mean(own.map((row) => row[place] ?? 0)))
    })
    const next = rows.map((row) => nearest(row, centres).kind)
    if (next.every((kind, at) => kind === kinds[at])) break
    kinds = next
  }
  return kinds
}

/** How much more each row counts so that kinds are seen more evenly: the inverse root of its kind's share, 0.5..3. */
export function balanceKinds(kinds: readonly number[]): number[] {
  const sizes = new Map<number, number>()
  for (const kind of kinds) sizes.set(kind, (sizes.get(kind) ?? 0) + 1)
  const even = kinds.length / Math.max(1, sizes.size)
  return kinds.map((kind) => Math.min(3, Math.max(0.5, Math.sqrt(even / (sizes.get(kind) ?? even)))))
}

function spreadCentres(rows: readonly (readonly number[])[], count: number): (readonly number[])[] {
  const first = rows[0]
  if (!first) return []
  const centres = [first]
  while (centres.length < count) {
    const distances = rows.map((row) => nearest(row, centres).distance)
    const farthest = Math.max(...distances)
    const row = rows[distances.indexOf(farthest)]
    if (!row || farthest === 0) break
    centres.push(row)
  }
  return centres
}

function nearest(row: readonly number[], centres: readonly (readonly number[])[]): { kind: number; distance: number } {
  const distances = centres.map((centre) => centre.reduce((sum, value, at) => sum + (value - (row[at] ?? 0)) ** 2, 0))
  const distance = Math.min(...distances)
  return { kind: distances.indexOf(distance), distance }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
