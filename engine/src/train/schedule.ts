/**
 * Share of the peak learning rate at a point of the run: a linear warm-up, then half a cosine down to 1 %.
 * `progress`: 0..1 of the run. Returns 0..1. Source: Loshchilov and Hutter, SGDR, 2017, eq. 5, one cycle.
 */
export function learningRateShare(progress: number, warmUpShare: number): number {
  if (progress < warmUpShare) return Math.max(0.01, progress / warmUpShare)
  const falling = Math.min(1, (progress - warmUpShare) / (1 - warmUpShare))
  return 0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * falling))
}

/**
 * The number of epochs that fit, taken from a ladder of steps of a fifth: two runs whose speed differs a little still
 * train alike, so the same seed gives the same weights. At least 1, at most `most`.
 */
export function fitEpochs(secondsForTraining: number, secondsPerEpoch: number, most: number): number {
  const fitting = Math.min(most, secondsForTraining / Math.max(secondsPerEpoch, 1e-6))
  let epochs = 1
  while (true) {
    const next = Math.max(epochs + 1, Math.round(epochs * 1.2))
    if (next > fitting) return fitting >= most ? most : epochs
    epochs = next
  }
}
