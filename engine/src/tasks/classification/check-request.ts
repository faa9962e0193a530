import { TrainingError } from '../../runner/errors.ts'
import type { ClassItem, TrainingRequest } from '../../runner/messages.ts'

/** Fewer pictures than this teach nothing. */
export const FEWEST_IMAGES = 4

/**
 * Says what is missing before a classification can be learned: enough pictures, and two classes among them.
 * `values`: [image], class indices. Throws TrainingError NOT_ENOUGH_ANNOTATIONS.
 */
export function requireLearnable(classes: readonly string[], values: readonly number[]): void {
  if (values.length < FEWEST_IMAGES) {
    const message = `${values.length} annotated images that can be read; training needs at least ${FEWEST_IMAGES}`
    throw new TrainingError('NOT_ENOUGH_ANNOTATIONS', message)
  }
  const present = new Set(values)
  if (present.size < 2) {
    const name = classes[values[0] ?? 0] ?? 'unknown'
    const message = `every annotated image is "${name}"; annotate some of another class`
    throw new TrainingError('NOT_ENOUGH_ANNOTATIONS', message)
  }
  const outside = values.find((value) => value >= classes.length)
  if (outside !== undefined) {
    throw new TrainingError('TRAINING_FAILED', `class ${outside} in a project of ${classes.length} classes`)
  }
}

/** The request's items as classes. Throws TrainingError when one of them is marked instead. */
export function requireClassItems({ items }: TrainingRequest): ClassItem[] {
  return items.map((item) => {
    if ('value' in item) return item
    throw new TrainingError('TRAINING_FAILED', 'a classification learns from classes, not from marks')
  })
}
