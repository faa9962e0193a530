/** How often two readers chose each pair of classes: `[class of a][class of b]`. Indices must be below `classes`. */
export function confusionOf(pairs: Iterable<readonly [number, number]>, classes: number): number[][] {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (const [a, b] of pairs) {
    const row = confusion[a]
    if (row?.[b] === undefined) throw new RangeError(`no class ${a} or ${b} of ${classes}`)
    row[b] += 1
  }
  return confusion
}

/** Share of images on which two readers agree, 0..1; null without images. `confusion`: `[class of a][class of b]`. */
export function observedAgreement(confusion: readonly (readonly number[])[]): number | null {
  const total = sum(confusion.map(sum))
  return total === 0 ? null : sum(confusion.map((row, index) => row[index] ?? 0)) / total
}

/**
 * Cohen's kappa of two readers, −1..1: agreement beyond what their own frequencies give by chance. Null without images,
 * and where both always chose the same one class, for which it is not defined. `confusion`: `[class of a][class of b]`.
 * Source: Cohen, A coefficient of agreement for nominal scales, 1960, equation 1.
 */
export function cohenKappa(confusion: readonly (readonly number[])[]): number | null {
  const observed = observedAgreement(confusion)
  if (observed === null) return null
  const total = sum(confusion.map(sum))
  const expected = sum(
    confusion.map((row, index) => (sum(row) / total) * (sum(confusion.map((other) => other[index] ?? 0)) / total)),
  )
  return expected >= 1 ? null : (observed - expected) / (1 - expected)
}

/** The same of one class against all others. */
export function cohenKappaOfClass(confusion: readonly (readonly number[])[], index: number): number | null {
  const total = sum(confusion.map(sum))
  const both = confusion[index]?.[index] ?? 0
  const [a, b] = [sum(confusion[index] ?? []), sum(confusion.map((row) => row[index] ?? 0))]
  if (a + b === 0) return null
  return cohenKappa([
    [both, a - both],
    [b - both, total - a - b + both],
  ])
}

/**
 * Fleiss' kappa of n ≥ 2 readers who all read every image, −1..1. `counts`: `[image][class]`, how many readers chose it;
 * each row sums to n. Null without images, and where everybody always chose the same one class.
 * Source: Fleiss, Measuring nominal scale agreement among many raters, 1971, equations 3 to 7.
 */
export function fleissKappa(counts: readonly (readonly number[])[]): number | null {
  const readers = sum(counts[0] ?? [])
  if (counts.length === 0 || readers < 2) return null
  const classes = counts[0]?.length ?? 0
  const agreed = counts.map((row) => (sum(row.map((count) => count * count)) - readers) / (readers * (readers - 1)))
  const observed = sum(agreed) / counts.length
  const shares = Array.from(
    { length: classes },
    (_, at) => sum(counts.map((row) => row[at] ?? 0)) / (counts.length * readers),
  )
  const expected = sum(shares.map((share) => share * share))
  return expected >= 1 - 1e-12 ? null : (observed - expected) / (1 - expected)
}

/** The same of one class against all others (Fleiss 1971, equation 17). */
export function fleissKappaOfClass(counts: readonly (readonly number[])[], index: number): number | null {
  return fleissKappa(counts.map((row) => [row[index] ?? 0, sum(row) - (row[index] ?? 0)]))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
