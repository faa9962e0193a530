import type { LabelData, LabelFile, ProbabilityLabelData, WeightedLabelData } from './label.ts'
import { type ImageType, isBinary } from './task-type.ts'

/**
 * The answer inside a classification label, whichever of the two writings holds it.
 * `weights[i]` in [0,1] is the support for class i; `value` is the index of the chosen class, null when unanswered.
 */
export interface ClassAnswer {
  value: number | null
  weights: number[]
}

export function readClassAnswer(data: LabelData): ClassAnswer | null {
  if (isProbability(data)) {
    if (data.value === null) return { value: null, weights: [0, 0] }
    return { value: data.value >= 0.5 ? 1 : 0, weights: [1 - data.value, data.value] }
  }
  if (isWeighted(data)) return { value: data.value, weights: data.weight }
  return null
}

/** The label data we write for a classification answer: first writing for binary types, second for multi-class. */
export function writeClassAnswer(
  imageType: ImageType,
  classes: readonly string[],
  answer: ClassAnswer,
): ProbabilityLabelData | WeightedLabelData {
  if (!isBinary(imageType)) return { key: [...classes], weight: answer.weights, value: answer.value }
  const [negative = 'negative', positive = 'positive'] = classes
  return { key: { '0': negative, '1': positive }, value: answer.value === null ? null : (answer.weights[1] ?? 0) }
}

/** A person's choice of one class: full weight on it. */
export function chosenClass(classCount: number, value: number | null): ClassAnswer {
  return { value, weights: Array.from({ length: classCount }, (_, index) => (index === value ? 1 : 0)) }
}

/** The label of an image before anyone or any model answered. */
export function emptyLabel(imageType: ImageType, classes: readonly string[], height = 1, width = 1): LabelFile {
  const key = [...classes]
  switch (imageType) {
    case 1000:
      return { type: imageType, data: {} }
    case 1001:
    case 1002:
    case 1003:
      return { type: imageType, data: writeClassAnswer(imageType, classes, chosenClass(key.length, null)) } as LabelFile
    case 2000:
    case 2001:
    case 2002:
      return { type: imageType, data: { key, boxes: [] } }
    case 3000:
    case 3001:
    case 3002:
    case 3003:
    case 3004:
      return { type: imageType, data: { key, size: [height, width], masks: [] } }
  }
}

function isProbability(data: LabelData): data is ProbabilityLabelData {
  return 'key' in data && !Array.isArray(data.key)
}

function isWeighted(data: LabelData): data is WeightedLabelData {
  return 'weight' in data
}
