/** Middle value, the lower of two; the list must not be empty. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Value below which `share` of the list lies, 0..1, without interpolation. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** `10 %–90 %` of a list, two digits. */
export function spread(values: readonly number[]): string {
  return `${quantile(values, 0.1).toFixed(2)}–${quantile(values, 0.9).toFixed(2)}`
}
