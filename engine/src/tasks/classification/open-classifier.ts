import { type OnnxOptions, openOnnx } from '../../onnx.ts'
import type { NetworkSpec } from './network-spec.ts'

/** A network ready to answer. */
export interface OpenClassifier {
  /** `images` [count, channel, row, column] float32, normalised → logits [count, class]. */
  run(images: Float32Array, count: number): Promise<Float32Array>
  dispose(): Promise<void>
}

export async function openClassifier(
  model: Uint8Array,
  { channels, imageSize }: Pick<NetworkSpec, 'channels' | 'imageSize'>,
  options: OnnxOptions = {},
): Promise<OpenClassifier> {
  const session = await openOnnx(model, options)
  return {
    async run(images, count) {
      const { logits } = await session.run({ image: { data: images, shape: [count, channels, imageSize, imageSize] } })
      if (!logits) throw new Error('the model answered without logits')
      return logits
    },
    dispose: () => session.dispose(),
  }
}
