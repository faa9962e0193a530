import {
  AppError,
  because,
  type ImageType,
  isBinary,
  isBoxLabel,
  isClassification,
  isMaskLabel,
  type LabelData,
  readClassAnswer,
  tellReason,
  writeClassAnswer,
} from '@vesalius/contracts'
import type { ProjectRow } from '../../db/tables.ts'

/**
 * A label's data under the names the classes have now. A class is known by its place, so a renamed or added class
 * changes the names and the number of weights, never the answer. What a model said of a class that is gone, goes too.
 */
export function withClasses(taskType: ImageType, classes: readonly string[], data: LabelData): LabelData {
  const key = [...classes]
  const isKnown = (mark: { class: number }) => mark.class < key.length
  if (isBoxLabel(data)) return { ...data, key, boxes: data.boxes.filter(isKnown) }
  if (isMaskLabel(data)) return { ...data, key, masks: data.masks.filter(isKnown) }
  if (!isClassification(taskType)) return data
  const answer = readClassAnswer(data)
  if (!answer) return data
  const weights = classes.map((_, index) => answer.weights[index] ?? 0)
  const value = answer.value !== null && answer.value < classes.length ? answer.value : null
  return writeClassAnswer(taskType, classes, { value, weights })
}

/**
 * What a person sent, as the project writes it: of its task type and with its classes. For binary tasks both writings
 * are taken and the first is kept. Throws LABEL_MISMATCH.
 */
export function fitLabel(
  project: Pick<ProjectRow, 'task_type' | 'classes'>,
  label: { type: ImageType; data: LabelData },
): LabelData {
  if (label.type !== project.task_type) {
    const told = because`The label is of task type ${label.type}, the project of ${project.task_type}.`
    throw new AppError('LABEL_MISMATCH', tellReason(told), { told })
  }
  const { data } = label
  if (!('key' in data)) return data
  const names = Array.isArray(data.key) ? data.key : [data.key['0'], data.key['1']]
  const isSame = names.length === project.classes.length && names.every((name, i) => name === project.classes[i])
  if (!isSame) {
    const told = because`The label's classes are not those of the project: ${project.classes.join(', ')}.`
    throw new AppError('LABEL_MISMATCH', tellReason(told), { told })
  }
  return isBinary(label.type) && 'weight' in data ? asProbability(label.type, data) : data
}

/** The weight of class 1 as its probability, unless it contradicts the chosen class: the choice is what counts. */
function asProbability(type: ImageType, data: Extract<LabelData, { weight: number[] }>): LabelData {
  const weight = data.weight[1] ?? 0
  const agrees = data.value === (weight >= 0.5 ? 1 : 0)
  const weights = agrees || data.value === null ? data.weight : [1 - data.value, data.value]
  return writeClassAnswer(type, data.key, { value: data.value, weights })
}
