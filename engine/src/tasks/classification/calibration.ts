/**
 * Temperature scaling on held-out images, every class counting the same however many images it has: what is asked of
 * a model is an answer for classes it was shown in balance.
 */

/**
 * Weighted mean negative log-likelihood of softmax(logits / temperature), in nats.
 * `logits`: [image][class]; `truths`: [image]; `weights`: [image], not negative, summing to more than 0.
 */
export function calibratedLoss(
  logits: readonly ArrayLike<number>[],
  truths: readonly number[],
  weights: readonly number[],
  temperature: number,
): number {
  let total = 0
  let totalWeight = 0
  logits.forEach((row, index) => {
    const weight = weights[index] ?? 0
    const scaled = Array.from(row, (logit) => logit / temperature)
    const highest = Math.max(...scaled)
    const partition = scaled.reduce((sum, logit) => sum + Math.exp(logit - highest), 0)
    total += weight * (highest + Math.log(partition) - (scaled[truths[index] ?? 0] ?? 0))
    totalWeight += weight
  })
  return total / totalWeight
}

/**
 * The temperature of least `calibratedLoss`, searched by golden sections on its logarithm between 1/4 and 8.
 * Returns 1 for fewer than 8 images: too few to learn even one number from.
 * Source: Guo et al., On Calibration of Modern Neural Networks, 2017, section 4.2.
 */
export function fitTemperature(
  logits: readonly ArrayLike<number>[],
  truths: readonly number[],
  weights: readonly number[],
): number {
  if (logits.length < 8) return 1
  const lossAt = (logarithm: number) => calibratedLoss(logits, truths, weights, Math.exp(logarithm))
  const section = (Math.sqrt(5) - 1) / 2
  let low = Math.log(0.25)
  let high = Math.log(8)
  while (high - low > 0.01) {
    const left = high - section * (high - low)
    const right = low + section * (high - low)
    if (lossAt(left) < lossAt(right)) high = right
    else low = left
  }
  return Math.exp((low + high) / 2)
}

/** [image] weights that give every class present the same total; they sum to the number of images. */
export function balancedWeights(truths: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const truth of truths) counts.set(truth, (counts.get(truth) ?? 0) + 1)
  return truths.map((truth) => truths.length / (counts.size * (counts.get(truth) ?? 1)))
}

/** Softmax of `logits` / `temperature`: [class], 0..1, summing to 1. */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const scaled = Array.from(logits, (logit) => logit / temperature)
  const highest = Math.max(...scaled)
  const powers = scaled.map((logit) => Math.exp(logit - highest))
  const partition = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / partition)
}
