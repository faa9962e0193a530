/**
 * How unsure a model is of its answer, by its probabilities [class], 0..1 each; not necessarily summing to 1.
 * Source: Settles, Active Learning Literature Survey, 2009, §3.1.
 */

/** Entropy as a share of its largest value: 0 for a sure answer, 1 when all classes are as probable. */
export function entropyOf(probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, value) => total + value, 0)
  if (probabilities.length < 2 || sum <= 0) return 0
  const entropy = probabilities.reduce((total, value) => {
    const share = value / sum
    return share > 0 ? total - share * Math.log(share) : total
  }, 0)
  return entropy / Math.log(probabilities.length)
}

/** 1 − distance between the two most probable classes. */
export function marginOf(probabilities: readonly number[]): number {
  const [first = 0, second = 0] = [...probabilities].sort((a, b) => b - a)
  return 1 - (first - second)
}

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
