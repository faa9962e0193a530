import { type GoldScore, type ImageType, type LabelData, readClassAnswer } from '@vesalius/contracts'
import { bootstrapImages } from './bootstrap-images.ts'
import { comparePair, measureOf } from './study-agreement.ts'

/** Somebody's answer to an image whose reference they did not see. */
export interface GoldAnswer {
  answer: LabelData
  reference: LabelData
}

/**
 * How answers compare with references: the share of right ones for classifications, Dice of masks, F1 of boxes and cells.
 * Per class: the share of right ones among images of that class in the reference, or the same as above.
 */
export function scoreGold(
  answers: readonly GoldAnswer[],
  taskType: ImageType,
  classes: number,
): Omit<GoldScore, 'person'> {
  const measure = measureOf(taskType)
  const shared = answers.map(({ answer, reference }) => ({ one: answer, other: reference }))
  const { figures, scores } = comparePair(measure, shared, classes)
  const { perClass, value, interval } = figures
  if (measure !== 'kappa') return { images: answers.length, value, interval, perClass }
  const right = scores.map((score) => score ?? 0)
  const share = (indices: readonly number[]) =>
    indices.length === 0 ? null : indices.reduce((total, index) => total + (right[index] ?? 0), 0) / indices.length
  const truth = answers.map(({ reference }) => readClassAnswer(reference)?.value ?? null)
  return {
    images: answers.length,
    value: share([...right.keys()]),
    interval: bootstrapImages(answers.length, (indices) => share(Array.from(indices))),
    perClass: Array.from({ length: classes }, (_, index) => {
      const ofClass = [...truth.keys()].filter((at) => truth[at] === index)
      return { class: index, value: share(ofClass), images: ofClass.length }
    }),
  }
}
