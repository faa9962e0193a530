const STEPS = 21
const [COLDEST, HOTTEST] = [0.1, 10]

/** Temperatures that answers are tried at, equal steps of their logarithm. */
export const TEMPERATURES: readonly number[] = Array.from(
  { length: STEPS },
  (_, step) => COLDEST * (HOTTEST / COLDEST) ** (step / (STEPS - 1)),
)

/** [class] probabilities as a network of this temperature would say them: colder is surer. */
export function temper(row: readonly number[], temperature: number): number[] {
  const powers = row.map((value) => Math.max(value, 1e-12) ** (1 / temperature))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
