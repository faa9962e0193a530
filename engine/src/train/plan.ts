import { fitEpochs } from './schedule.ts'

/** How long a run trains, in epochs of a number of steps. */
export interface TrainingPlan {
  epochs: number
  stepsPerEpoch: number
}

/** Pictures shown to the network in all, beyond which a set of our sizes learns by heart and not better. */
const MOST_PICTURES_SHOWN = 400_000
const MOST_EPOCHS = 100
const FEWEST_STEPS = 8
/** A run is divided into at least this many epochs, however large the set: one look at the validation is too few. */
const FEWEST_EPOCHS = 6

/**
 * Divides the seconds a run has. Small sets get epochs of at least 8 steps, so that looking at the validation does
 * not cost more than learning; sets too large for the time get epochs of a part of the set.
 * `secondsPerStep`, `secondsPerEvaluation`: measured on this machine.
 */
export function planTraining({
  images,
  batchSize,
  seconds,
  secondsPerStep,
  secondsPerEvaluation,
}: {
  images: number
  batchSize: number
  seconds: number
  secondsPerStep: number
  secondsPerEvaluation: number
}): TrainingPlan {
  const affordable = Math.floor((seconds / FEWEST_EPOCHS - secondsPerEvaluation) / secondsPerStep)
  const wanted = Math.max(FEWEST_STEPS, Math.ceil(images / batchSize))
  const stepsPerEpoch = Math.max(1, Math.min(wanted, affordable))
  const mostEpochs = Math.min(MOST_EPOCHS, Math.ceil(MOST_PICTURES_SHOWN / (stepsPerEpoch * batchSize)))
  const secondsPerEpoch = stepsPerEpoch * secondsPerStep + secondsPerEvaluation
  return { epochs: fitEpochs(seconds, secondsPerEpoch, mostEpochs), stepsPerEpoch }
}
