/** Counts of images, `[truth][answer]`, square, in class order. */
export type Confusion = number[][]

/**
 * Counts how often each truth got each answer. `truths`, `answers`: [image], class indices 0..classCount-1.
 * Throws RangeError on lengths that differ or an index outside the classes.
 */
export function countConfusion(truths: readonly number[], answers: readonly number[], classCount: number): Confusion {
  if (truths.length !== answers.length) throw new RangeError(`${truths.length} truths for ${answers.length} answers`)
  const confusion: Confusion = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0))
  truths.forEach((truth, index) => {
    const row = confusion[truth]
    const answer = answers[index] ?? -1
    const count = row?.[answer]
    if (!row || count === undefined) throw new RangeError(`class ${truth} or ${answer} of ${classCount} classes`)
    row[answer] = count + 1
  })
  return confusion
}

/** Share of images on the diagonal, 0..1; null for no image. */
export function accuracyOf(confusion: Confusion): number | null {
  const correct = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0)
  return ratio(correct, sum(confusion.map(sum)))
}

/** Mean recall over the classes present in the truth, 0..1; null for no image. */
export function balancedAccuracyOf(confusion: Confusion): number | null {
  const recalls = confusion.map((_, index) => classRates(confusion, index).recall).filter((recall) => recall !== null)
  return ratio(sum(recalls), recalls.length)
}

/** Precision, recall and F1 of one class, each 0..1, null where its denominator is zero. */
export function classRates(confusion: Confusion, index: number) {
  const hits = confusion[index]?.[index] ?? 0
  const support = sum(confusion[index] ?? [])
  const answered = sum(confusion.map((row) => row[index] ?? 0))
  return {
    support,
    precision: ratio(hits, answered),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, support + answered),
  }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
