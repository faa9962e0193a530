/** How the instances of images match those of people, over all images. */
export interface InstanceTally {
  /** IoU of each prediction with the instance it overlaps most, where that is .5 or more: then no other claims either. */
  overlaps: number[]
  predicted: number
  marked: number
}

/** IoU thresholds .50, .55 … .95. */
export const INSTANCE_THRESHOLDS = Array.from({ length: 10 }, (_, step) => 0.5 + step * 0.05)

export const emptyTally = (): InstanceTally => ({ overlaps: [], predicted: 0, marked: 0 })

/** All images counted as one. */
export function poolTallies(tallies: readonly InstanceTally[]): InstanceTally {
  return {
    overlaps: tallies.flatMap(({ overlaps }) => overlaps),
    predicted: tallies.reduce((sum, { predicted }) => sum + predicted, 0),
    marked: tallies.reduce((sum, { marked }) => sum + marked, 0),
  }
}

/** Counts one image. `prediction`, `truth`: [pixel] instance numbers, 0 is background. */
export function tallyInstances(tally: InstanceTally, prediction: ArrayLike<number>, truth: ArrayLike<number>): void {
  const areas = new Map<number, number>()
  const markedAreas = new Map<number, number>()
  const shared = new Map<number, Map<number, number>>()
  for (let at = 0; at < prediction.length; at += 1) {
    const guess = prediction[at] as number
    const mark = truth[at] as number
    if (guess !== 0) areas.set(guess, (areas.get(guess) ?? 0) + 1)
    if (mark !== 0) markedAreas.set(mark, (markedAreas.get(mark) ?? 0) + 1)
    if (guess === 0 || mark === 0) continue
    const row = shared.get(guess) ?? new Map<number, number>()
    shared.set(guess, row.set(mark, (row.get(mark) ?? 0) + 1))
  }
  tally.predicted += areas.size
  tally.marked += markedAreas.size
  const taken = new Set<number>()
  for (const [guess, row] of shared) {
    for (const [mark, common] of row) {
      const overlap = common / ((areas.get(guess) ?? 0) + (markedAreas.get(mark) ?? 0) - common)
      if (overlap < 0.5 || taken.has(mark)) continue
      taken.add(mark)
      tally.overlaps.push(overlap)
      break
    }
  }
}

/**
 * TP / (TP + FP + FN) at an IoU of `threshold` or more, 0.5..1; null without any instance. Of a pooled tally each instance
 * counts the same (StarDist's `matching_dataset`); the mean over images, as in the Data Science Bowl of 2018, counts each
 * image the same. Source: Schmidt et al., Cell Detection with Star-convex Polygons, 2018, §3.
 */
export function instancePrecision({ overlaps, predicted, marked }: InstanceTally, threshold: number): number | null {
  const hits = overlaps.filter((overlap) => overlap >= threshold).length
  const all = predicted + marked - hits
  return all > 0 ? hits / all : null
}
