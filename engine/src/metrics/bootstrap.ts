import { createRandom } from '../data/random.ts'

/**
 * 95 % percentile interval of a share (an accuracy), by resampling images with replacement.
 * `isCorrect`: [image]. Returns [low, high] in 0..1, or null for no image. The same seed gives the same interval.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
 */
export function bootstrapInterval(
  isCorrect: readonly boolean[],
  { resamples = 1000, seed = 1 }: { resamples?: number; seed?: number } = {},
): [number, number] | null {
  const count = isCorrect.length
  if (count === 0) return null
  const random = createRandom(seed)
  const shares = new Float64Array(resamples)
  for (let resample = 0; resample < resamples; resample += 1) {
    let correct = 0
    for (let draw = 0; draw < count; draw += 1) {
      if (isCorrect[Math.floor(random() * count)]) correct += 1
    }
    shares[resample] = correct / count
  }
  shares.sort()
  return [quantile(shares, 0.025), quantile(shares, 0.975)]
}

/** The quantile of ascending values, linear between neighbours. */
function quantile(ascending: Float64Array, share: number): number {
  const position = share * (ascending.length - 1)
  const low = ascending[Math.floor(position)] ?? 0
  const high = ascending[Math.ceil(position)] ?? low
  return low + (high - low) * (position - Math.floor(position))
}
