const [LOW, HIGH] = [0.005, 0.995]
/** Samples looked at, evenly from all. */
const LOOKED_AT = 2 ** 20

/** The 0.5 % and the 99.5 % quantile of the values of samples; those that are no number are left out. */
export function findRange(
  samples: ArrayLike<number>,
  toValue: (sample: number) => number = (sample) => sample,
): { low: number; high: number } {
  const step = Math.max(1, Math.floor(samples.length / LOOKED_AT))
  const values = Float64Array.from({ length: Math.ceil(samples.length / step) }, (_, at) =>
    toValue(samples[at * step] as number),
  )
    .filter(Number.isFinite)
    .sort()
  const low = values[Math.floor(values.length * LOW)] ?? 0
  return { low, high: values[Math.ceil(values.length * HIGH) - 1] ?? low }
}
