/**
 * Area under the receiver operating characteristic: the chance that a positive image scores above a negative one,
 * ties counted as half. Exact, from mid-ranks, O(n log n).
 * `scores`: [image], any finite range; `isPositive`: [image]. Returns 0..1, or null when only one side is present.
 * Throws RangeError when the lengths differ. Source: Hanley and McNeil, Radiology 143 (1982), the Mann-Whitney form.
 */
export function areaUnderRoc(scores: ArrayLike<number>, isPositive: ArrayLike<boolean>): number | null {
  const count = scores.length
  if (isPositive.length !== count) throw new RangeError(`${count} scores for ${isPositive.length} truths`)
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  order.sort((a, b) => at(scores, a) - at(scores, b))

  let positives = 0
  let positiveRanks = 0
  for (let start = 0; start < count; ) {
    let end = start + 1
    while (end < count && at(scores, at(order, end)) === at(scores, at(order, start))) end += 1
    const midRank = (start + 1 + end) / 2
    for (let position = start; position < end; position += 1) {
      if (!isPositive[at(order, position)]) continue
      positives += 1
      positiveRanks += midRank
    }
    start = end
  }
  const negatives = count - positives
  if (positives === 0 || negatives === 0) return null
  return (positiveRanks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? Number.NaN
}
