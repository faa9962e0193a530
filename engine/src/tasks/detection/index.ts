import { openOnnx } from '../../onnx.ts'
import type { TaskFamily } from '../family.ts'
import { decodeDetector } from './detector-file.ts'
import { predictBoxes } from './predict-boxes.ts'
import { trainDetector } from './train-detector.ts'

export const detection: TaskFamily = {
  train: trainDetector,
  async open(bytes, options) {
    const card = decodeDetector(bytes)?.card
    if (!card) return null
    const session = await openOnnx(bytes, options)
    return {
      predict: (files, asked) => predictBoxes(session, card, files, asked),
      dispose: () => session.dispose(),
    }
  },
}
