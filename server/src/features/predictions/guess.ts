import { type ImageType, type LabelData, type ModelVersionId, writeClassAnswer } from '@vesalius/contracts'
import type { ClassPrediction } from '@vesalius/engine/runner'

/** What one model version says about one image, as we store it. */
export interface Guess {
  modelVersionId: ModelVersionId
  data: LabelData
  /** Index of the most probable class. */
  value: number
  /** Its probability, 0..1. */
  score: number
  latencyMs: number
}

/**
 * A model's probabilities as a label. A class is known by its place: classes the model never saw get probability 0.
 * Throws RangeError when the model answers nothing for the project's classes.
 */
export function toGuess(
  project: { task_type: ImageType; classes: readonly string[] },
  modelVersionId: ModelVersionId,
  { probabilities, latencyMs }: ClassPrediction,
): Guess {
  const weights = project.classes.map((_, index) => clamp(probabilities[index] ?? 0))
  const score = Math.max(...weights)
  const value = weights.indexOf(score)
  if (value < 0) throw new RangeError('the model does not know the classes of this project')
  const data = writeClassAnswer(project.task_type, project.classes, { value, weights })
  return { modelVersionId, data, value, score, latencyMs }
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability))
}
