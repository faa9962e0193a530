/** Share of what was learned that lies nearer to its nearest neighbour than the limit. */
const USUAL = 0.95

/**
 * How far an image may lie from what a model learned and still be usual: the 0.95 quantile of the distances of learned
 * images to the nearest other one. Descriptions of equal length; at least two. Distance is Euclidean.
 */
export function usualDistance(learned: readonly Float32Array[]): number {
  const distances = learned.map((one, place) => nearestOf(one, learned, place)).sort((a, b) => a - b)
  return distances[Math.ceil(USUAL * distances.length) - 1] as number
}

/** Distance to the nearest of the others; `without`: the place of one that does not count. */
export function nearestOf(one: Float32Array, others: readonly Float32Array[], without = -1): number {
  let least = Number.POSITIVE_INFINITY
  others.forEach((other, place) => {
    if (place === without) return
    let sum = 0
    for (let at = 0; at < one.length && sum < least; at += 1) sum += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2
    least = Math.min(least, sum)
  })
  return Math.sqrt(least)
}
