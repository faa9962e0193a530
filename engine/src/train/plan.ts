import { fitEpochs } from './schedule.ts'

/** How long a run trains, in epochs of a number of steps. */
export interface TrainingPlan {
  epochs: number
  stepsPerEpoch: number
}

/** Seconds on this machine, as measured. */
export interface Speed {
  secondsPerStep: number
  secondsPerEvaluation: number
}

const FEWEST_STEPS = 5
/** A run is divided into at least this many epochs, however large the set: one look at the validation is too few. */
const FEWEST_EPOCHS = 6

/**
 * Divides the seconds a run has. Small sets get epochs of at least 5 steps, so that looking at the validation does
 * not cost more than learning; sets too large for the time get epochs of a part of the set.
 * `mostShown`: pictures shown in all, beyond which the network learns by heart.
 */
export function planTraining(
  { images, batchSize, seconds, mostShown }: { images: number; batchSize: number; seconds: number; mostShown: number },
  { secondsPerStep, secondsPerEvaluation }: Speed,
): TrainingPlan {
  const affordable = Math.floor((seconds / FEWEST_EPOCHS - secondsPerEvaluation) / secondsPerStep)
  const wanted = Math.max(FEWEST_STEPS, Math.ceil(images / batchSize))
  const stepsPerEpoch = Math.max(1, Math.min(wanted, affordable))
  const most = mostEpochs(mostShown, stepsPerEpoch * batchSize)
  return {
    epochs: fitEpochs(seconds, stepsPerEpoch * secondsPerStep + secondsPerEvaluation, most),
    stepsPerEpoch,
  }
}

const MOST_EPOCHS = 100

/** Epochs of `shownPerEpoch` pictures that make up `mostShown`; 1..100. */
export function mostEpochs(mostShown: number, shownPerEpoch: number): number {
  return Math.min(MOST_EPOCHS, Math.max(1, Math.floor(mostShown / shownPerEpoch)))
}

/** Less than a step of `fitEpochs`, so that a run that began slowly still takes the time it has. */
const WORTH_CHANGING = 1.15

/**
 * The epochs of a run after `done` of them took `secondsSpent` of `seconds`: the plan as it is while the clock agrees
 * with it or the second half has begun, else what fits now.
 */
export function adjustEpochs(
  planned: number,
  { done, secondsSpent, seconds, most }: { done: number; secondsSpent: number; seconds: number; most: number },
): number {
  if (done * 2 > planned) return planned
  const fitting = fitEpochs(seconds, secondsSpent / done, most)
  const ratio = fitting / planned
  return ratio > WORTH_CHANGING || ratio < 1 / WORTH_CHANGING ? Math.max(done + 1, fitting) : planned
}
