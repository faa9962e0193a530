import { readFileSync } from 'node:fs'
import { decodeClassifier, encodeClassifier } from '../model-file/classifier-file.ts'
import { openOnnx } from '../onnx.ts'
import type { ModelCard } from '../tasks/classification/model-card.ts'
import type { OpenClassifier, TrainingBackend } from './backend.ts'
import { openTrainingSession } from './open-training-session.ts'
import type { NetworkSpec } from './training-session.ts'

/** The numeric core on ONNX Runtime. */
export const onnxBackend: TrainingBackend = {
  openSession: openTrainingSession,
  openClassifier: (spec, parameters) => openClassifier(encodeClassifier(spec, parameters, null), spec),
  encodeModel: encodeClassifier,
  readModel: (file) => decodeClassifier(readFileSync(file)),
}

/** Opens the forward part of a model, from its bytes or its file. */
export async function openClassifier(
  model: Uint8Array | string,
  spec: Pick<NetworkSpec, 'channels' | 'imageSize'>,
  options: { threads?: number } = {},
): Promise<OpenClassifier> {
  const session = await openOnnx(model, options)
  return {
    async run(images, count) {
      const shape = [count, spec.channels, spec.imageSize, spec.imageSize]
      const { logits } = await session.run({ image: { data: images, shape } })
      if (!logits) throw new Error('the model answered without logits')
      return logits
    },
    dispose: () => session.dispose(),
  }
}

/** Opens one of our model files to answer for images. Throws Error when the file is not one. */
export async function openModelFile(
  file: string,
  options: { threads?: number } = {},
): Promise<OpenClassifier & { card: ModelCard }> {
  const card = decodeClassifier(readFileSync(file))?.card
  if (!card) throw new Error('this model file was not written by this program')
  return { ...(await openClassifier(file, card, options)), card }
}
