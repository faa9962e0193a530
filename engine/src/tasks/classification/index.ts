import type { TaskFamily } from '../family.ts'
import { decodeClassifier } from './classifier-file.ts'
import { openClassifier } from './open-classifier.ts'
import { predictClasses } from './predict-classes.ts'
import { trainClassifier } from './train-classifier.ts'

export const classification: TaskFamily = {
  train: trainClassifier,
  async open(bytes, options) {
    const card = decodeClassifier(bytes)?.card
    if (!card) return null
    const model = await openClassifier(bytes, card, options)
    return {
      predict: (files, asked) => predictClasses(model, card, files, asked),
      dispose: () => model.dispose(),
    }
  },
}
