import { SELECTION_STRATEGIES, type SelectionStrategy } from '@vesalius/contracts'
import type { ChoiceRun } from './active-learning.bench.ts'

export interface ChoiceSummary {
  set: string
  strategy: SelectionStrategy
  seeds: number
  /** What random choice reaches, in the mean over seeds, with three quarters of the images. */
  target: number
  /** Images after which the mean curve is at the target; null: never within the budget. */
  images: number | null
  randomImages: number
  /** Mean score over all rounds. */
  area: number
  randomArea: number
  /** Seeds in which the area is larger than random's of the same seed. */
  wins: number
}

/** Each strategy against random choice on the same seeds. */
export function sumUp(runs: readonly ChoiceRun[]): ChoiceSummary[] {
  return [...new Set(runs.map(({ set }) => set))].flatMap((set) => {
    const own = runs.filter((run) => run.set === set)
    const random = own.filter(({ strategy }) => strategy === 'random')
    if (random.length === 0) return []
    const curve = meanCurve(random)
    const target = curve.scores[Math.round((curve.scores.length - 1) * 0.75)] ?? 0
    return SELECTION_STRATEGIES.flatMap((strategy) => {
      const mine = own.filter((run) => run.strategy === strategy)
      if (mine.length === 0) return []
      const wins = mine.filter(({ seed, scores }) => {
        const other = random.find((run) => run.seed === seed)
        return other !== undefined && meanOf(scores) > meanOf(other.scores)
      }).length
      return [
        {
          ...{ set, strategy, seeds: mine.length, target, wins },
          images: reach(meanCurve(mine), target),
          randomImages: reach(curve, target) ?? 0,
          area: meanOf(mine.map(({ scores }) => meanOf(scores))),
          randomArea: meanOf(random.map(({ scores }) => meanOf(scores))),
        },
      ]
    })
  })
}

/** [round] over all seeds. */
export function meanCurve(runs: readonly ChoiceRun[]): Pick<ChoiceRun, 'images' | 'scores'> {
  const images = runs[0]?.images ?? []
  return { images, scores: images.map((_, round) => meanOf(runs.map(({ scores }) => scores[round] ?? 0))) }
}

/** The first number of images, between rounds by a straight line, at which the curve is at the target. */
function reach({ images, scores }: Pick<ChoiceRun, 'images' | 'scores'>, target: number): number | null {
  const reached = scores.findIndex((score) => score >= target)
  if (reached === -1) return null
  if (reached === 0) return images[0] ?? null
  const below = reached - 1
  const [from = 0, to = 0] = [images[below], images[below + 1]]
  const [low = 0, high = 0] = [scores[below], scores[below + 1]]
  return from + ((target - low) / Math.max(1e-9, high - low)) * (to - from)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
