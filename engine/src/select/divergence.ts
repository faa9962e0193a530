/**
 * Jensen-Shannon divergence of two models' answers, 0 (the same) to 1 (nothing in common). Two models that disagree
 * cannot both be right. Source: Lin, Divergence Measures Based on the Shannon Entropy, 1991.
 * Throws RangeError when they know different numbers of classes.
 */
export function divergenceOf(first: readonly number[], second: readonly number[]): number {
  if (first.length !== second.length) throw new RangeError(`${first.length} classes against ${second.length}`)
  const [a, b] = [asShares(first), asShares(second)]
  const toMiddle = (from: readonly number[], to: readonly number[]) =>
    from.reduce((sum, share, place) => {
      const middle = (share + (to[place] ?? 0)) / 2
      return share > 0 ? sum + share * Math.log2(share / middle) : sum
    }, 0)
  return (toMiddle(a, b) + toMiddle(b, a)) / 2
}

function asShares(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => (sum > 0 ? value / sum : 1 / values.length))
}
