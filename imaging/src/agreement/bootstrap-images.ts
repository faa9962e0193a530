/**
 * 95 % percentile interval of a figure over images, by resampling images with replacement. `statistic` gets indices
 * `[0, count)` with repeats and answers null where the figure is not defined for them. Null where that is so for most
 * resamples. The same seed gives the same interval.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
 */
export function bootstrapImages(
  count: number,
  statistic: (indices: Int32Array) => number | null,
  { resamples = 1000, seed = 1 }: { resamples?: number; seed?: number } = {},
): [number, number] | null {
  if (count < 2) return null
  const random = mulberry32(seed)
  const indices = new Int32Array(count)
  const values: number[] = []
  for (let resample = 0; resample < resamples; resample += 1) {
    for (let draw = 0; draw < count; draw += 1) indices[draw] = Math.floor(random() * count)
    const value = statistic(indices)
    if (value !== null) values.push(value)
  }
  if (values.length < resamples / 2) return null
  values.sort((a, b) => a - b)
  return [quantile(values, 0.025), quantile(values, 0.975)]
}

/** The quantile of ascending values, linear between neighbours. */
function quantile(ascending: readonly number[], share: number): number {
  const position = share * (ascending.length - 1)
  const low = ascending[Math.floor(position)] ?? 0
  const high = ascending[Math.ceil(position)] ?? low
  return low + (high - low) * (position - Math.floor(position))
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
