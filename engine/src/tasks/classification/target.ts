import {
  type ClassAnswer,
  type ImageType,
  type LabelData,
  readClassAnswer,
  writeClassAnswer,
} from '@vesalius/contracts'
import { mostProbable } from '../../metrics/classification.ts'

/** The class a label file chose, 0-based; null when it is unanswered or not a classification. */
export function readTarget(data: LabelData): number | null {
  return readClassAnswer(data)?.value ?? null
}

/** Writes one-hot rows: [row][class] float32, 1 at the row's class. `values`: [row], class indices. */
export function encodeTargets(target: Float32Array, values: readonly number[], classCount: number): void {
  target.fill(0)
  values.forEach((value, row) => {
    target[row * classCount + value] = 1
  })
}

/** The label a model's probabilities stand for: its answer is the most probable class. */
export function writePrediction(imageType: ImageType, classes: readonly string[], probabilities: readonly number[]) {
  const answer: ClassAnswer = { value: mostProbable(probabilities), weights: probabilities.map(clamp) }
  return writeClassAnswer(imageType, classes, answer)
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability))
}
