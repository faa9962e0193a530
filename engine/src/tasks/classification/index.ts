import type { TaskFamily } from '../family.ts'
import { decodeClassifier } from './classifier-file.ts'
import { openImported } from './imported-classifier.ts'
import { openClassifier } from './open-classifier.ts'
import { predictClasses } from './predict-classes.ts'
import { trainClassifier } from './train-classifier.ts'

export const classification: TaskFamily = {
  train: trainClassifier,
  async open(bytes, options) {
    const own = decodeClassifier(bytes)?.card
    const opened = own
      ? { card: own, model: await openClassifier(bytes, own, options) }
      : await openImported(bytes, options)
    return (
      opened && {
        predict: (files, asked) => predictClasses(opened.model, opened.card, files, asked),
        dispose: () => opened.model.dispose(),
      }
    )
  },
}
