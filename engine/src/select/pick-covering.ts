/** Feature vectors [item][feature], all of one length. */
export type Features = readonly Float32Array[]

/**
 * Picks items that stand for the others: each pick shortens most the way from every item to the nearest known or picked
 * one, each way counted by the item's weight (≥ 0; all alike without `weights`). The first pick without known items is the
 * most central one. So many items that look alike are stood for early and by few, and what lies alone late.
 * Returns positions in `items`, first pick first, `count` of them at most. Distance: Euclidean. [items]² numbers are held.
 * Source: greedy facility location as in Wei, Iyer and Bilmes, Submodularity in Data Subset Selection and Active Learning,
 * 2015, section 3; gains are only looked at again when they may be the largest (Minoux, 1978).
 */
export function pickCovering(
  items: Features,
  known: Features,
  count: number,
  weights: ArrayLike<number> = items.map(() => 1),
): number[] {
  const distances = measureAll(items)
  const nearest = measureNearest(items, known, distances)
  const gains = new Float64Array(items.length).fill(Number.POSITIVE_INFINITY)
  const picked: number[] = []
  while (picked.length < Math.min(count, items.length)) {
    const pick = findBest(gains, (place) => gainOf(place, distances, nearest, weights))
    picked.push(pick)
    gains[pick] = Number.NEGATIVE_INFINITY
    for (let at = 0; at < nearest.length; at += 1) {
      nearest[at] = Math.min(nearest[at] as number, distances[pick * nearest.length + at] as number)
    }
  }
  return picked
}

/** A gain never grows, so one that was just counted and is still the largest is the best. */
function findBest(gains: Float64Array, count: (place: number) => number): number {
  let counted = -1
  for (;;) {
    let largest = 0
    for (let place = 1; place < gains.length; place += 1) {
      if ((gains[place] as number) > (gains[largest] as number)) largest = place
    }
    if (largest === counted) return largest
    gains[largest] = count(largest)
    counted = largest
  }
}

/** How much shorter all ways together become. */
function gainOf(place: number, distances: Float32Array, nearest: Float64Array, weights: ArrayLike<number>): number {
  let gain = 0
  const from = place * nearest.length
  for (let at = 0; at < nearest.length; at += 1) {
    const shorter = (nearest[at] as number) - (distances[from + at] as number)
    if (shorter > 0) gain += shorter * (weights[at] as number)
  }
  return gain
}

/** [item, item] */
function measureAll(items: Features): Float32Array {
  const { length } = items
  const distances = new Float32Array(length * length)
  for (let row = 0; row < length; row += 1) {
    for (let column = row + 1; column < length; column += 1) {
      const distance = distanceOf(items[row] as Float32Array, items[column] as Float32Array)
      distances[row * length + column] = distance
      distances[column * length + row] = distance
    }
  }
  return distances
}

/** [item]: the way to the nearest known one; the longest there is where none is known. */
function measureNearest(items: Features, known: Features, distances: Float32Array): Float64Array {
  const longest = distances.reduce((most, distance) => Math.max(most, distance), 0)
  return Float64Array.from(items, (item) =>
    known.reduce((least, other) => Math.min(least, distanceOf(item, other)), known.length > 0 ? Infinity : longest),
  )
}

function distanceOf(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += ((a[at] as number) - (b[at] as number)) ** 2
  return Math.sqrt(sum)
}
