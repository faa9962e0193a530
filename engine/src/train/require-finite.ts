import type { NamedTensors } from '../graph/named-tensors.ts'
import { TrainingError } from '../runner/errors.ts'

/** Throws TrainingError TRAINING_DIVERGED when a parameter is no number: such a model is never saved. */
export function requireFinite(parameters: NamedTensors): void {
  for (const [name, { data }] of parameters) {
    if (data.every(Number.isFinite)) continue
    throw new TrainingError('TRAINING_DIVERGED', `the parameters "${name}" were no longer numbers at the end`)
  }
}
