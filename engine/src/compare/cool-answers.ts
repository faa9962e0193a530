const STEPS = 41
const [COLDEST, HOTTEST] = [0.1, 10]

/**
 * Answers of a classification at the one temperature that fits them best, by the Brier score on these very images: a
 * model compared so can neither win by doubting more nor lose by boasting, only by what it tells apart.
 * `answers`: [image][class] probabilities, null where the model failed; `truths`: [image] class index.
 */
export function coolAnswers(
  answers: readonly (readonly number[] | null)[],
  truths: readonly number[],
): (number[] | null)[] {
  let best = { loss: Number.POSITIVE_INFINITY, temperature: 1 }
  for (let step = 0; step < STEPS; step += 1) {
    const temperature = COLDEST * (HOTTEST / COLDEST) ** (step / (STEPS - 1))
    const loss = answers.reduce((sum, row, image) => sum + (row ? brier(cool(row, temperature), truths[image]) : 0), 0)
    if (loss < best.loss) best = { loss, temperature }
  }
  return answers.map((row) => row && cool(row, best.temperature))
}

function cool(row: readonly number[], temperature: number): number[] {
  const powers = row.map((value) => Math.max(value, 1e-12) ** (1 / temperature))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

function brier(row: readonly number[], truth: number | undefined): number {
  return row.reduce((sum, value, place) => sum + ((place === truth ? 1 : 0) - value) ** 2, 0)
}
