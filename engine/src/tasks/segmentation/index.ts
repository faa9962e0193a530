import { openOnnx } from '../../onnx.ts'
import type { TaskFamily } from '../family.ts'
import { predictMasks } from './predict-masks.ts'
import { decodeSegmenter } from './segmenter-file.ts'
import { trainSegmenter } from './train-segmenter.ts'

export const segmentation: TaskFamily = {
  train: trainSegmenter,
  async open(bytes, options) {
    const card = decodeSegmenter(bytes)?.card
    if (!card) return null
    const session = await openOnnx(bytes, options)
    return {
      predict: (files, asked) => predictMasks(session, card, files, asked),
      dispose: () => session.dispose(),
    }
  },
}
