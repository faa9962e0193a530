import {
  AppError,
  because,
  type ImageType,
  isBinary,
  type LabelData,
  measuresOf,
  tellReason,
  withMeasures,
  writeClassAnswer,
} from '@vesalius/contracts'
import { type Classed, carryLabel, mapSince } from '../classes/class-schemes.ts'

/**
 * What a person sent, as the project writes it: of its task type and with its classes of now. For binary tasks both
 * writings are taken and the first is kept. Labels drawn under earlier classes are carried over to those of now.
 * `isSeen`: whether the label the person saw was written under a class scheme; those of now are tried first. Throws
 * LABEL_MISMATCH, or LABEL_CHANGED where the names fit and what was seen does not.
 */
export function fitLabel(
  project: Classed,
  label: { type: ImageType; data: LabelData },
  isSeen: (scheme: number) => boolean = () => true,
): LabelData {
  if (label.type !== project.task_type) {
    const told = because`The label is of task type ${label.type}, the project of ${project.task_type}.`
    throw new AppError('LABEL_MISMATCH', tellReason(told), { told })
  }
  const named = schemesNamed(project, label.data)
  if (named.length === 0) {
    const told = because`The label's classes are not those of the project: ${project.classes.join(', ')}.`
    throw new AppError('LABEL_MISMATCH', tellReason(told), { told })
  }
  const scheme = named.find(isSeen)
  if (scheme === undefined) throw labelChanged()
  const { data } = label
  if (!('key' in data)) return data
  const plain = isBinary(label.type) && 'weight' in data ? asProbability(label.type, data) : data
  return scheme === project.class_scheme ? plain : carryLabel(project, mapSince(project, scheme), plain)
}

export function labelChanged(): AppError {
  return new AppError('LABEL_CHANGED', 'The label was changed meanwhile. Look at it again, then submit.')
}

/** Class schemes of the project that have the names a label gives, the newest first; all where a label names none. */
function schemesNamed({ classes, class_scheme, class_history }: Classed, data: LabelData): number[] {
  const names = 'key' in data ? (Array.isArray(data.key) ? data.key : [data.key['0'], data.key['1']]) : null
  const schemes = [
    ...class_history.map((past, scheme) => ({ ...past, scheme })),
    { names: classes, scheme: class_scheme },
  ]
  return schemes
    .filter((each) => names === null || JSON.stringify(each.names) === JSON.stringify(names))
    .map(({ scheme }) => scheme)
    .reverse()
}

/** The weight of class 1 as its probability, unless it contradicts the chosen class: the choice is what counts. */
function asProbability(type: ImageType, data: Extract<LabelData, { weight: number[] }>): LabelData {
  const weight = data.weight[1] ?? 0
  const agrees = data.value === (weight >= 0.5 ? 1 : 0)
  const weights = agrees || data.value === null ? data.weight : [1 - data.value, data.value]
  return withMeasures(writeClassAnswer(type, data.key, { value: data.value, weights }), measuresOf(data))
}
