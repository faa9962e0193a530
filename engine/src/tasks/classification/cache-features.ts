import type { AugmentationPolicy } from '../../data/augmentation.ts'
import { openOnnx } from '../../onnx.ts'
import { allocateBatch, fillPlainBatch, fillTrainingBatch, type PictureSet } from './batches.ts'
import type { FeatureNetwork } from './feature-network.ts'
import type { NetworkSpec } from './network-spec.ts'

const BATCH = 32

/** What a frozen network says about pictures, [view][position in `positions`][feature]; view 0 is the plain picture. */
export interface FeatureCache {
  views: Float32Array[]
  featureCount: number
}

/** Asks the frozen network once about every picture, and about `changedViews` changed forms of it. */
export async function cacheFeatures(
  { model, featureCount }: FeatureNetwork,
  { channels, imageSize }: Pick<NetworkSpec, 'channels' | 'imageSize'>,
  set: PictureSet,
  positions: readonly number[],
  { changedViews, policy, seed }: { changedViews: number; policy: AugmentationPolicy; seed: number },
): Promise<FeatureCache> {
  const session = await openOnnx(model)
  const batch = allocateBatch(set, BATCH)
  const { image } = batch.inputs
  const pictureLength = channels * imageSize * imageSize
  const views: Float32Array[] = []
  try {
    for (let view = 0; view <= changedViews; view += 1) {
      const features = new Float32Array(positions.length * featureCount)
      for (let start = 0; start < positions.length; start += BATCH) {
        const chosen = positions.slice(start, start + BATCH)
        if (view === 0) fillPlainBatch(image, set, chosen)
        else fillTrainingBatch(batch, set, chosen, { policy, mixing: 0, seed, step: view * positions.length + start })
        const shape = [chosen.length, channels, imageSize, imageSize]
        const answer = await session.run({ image: { data: image.subarray(0, chosen.length * pictureLength), shape } })
        features.set(answer.features ?? [], start * featureCount)
      }
      views.push(features)
    }
  } finally {
    await session.dispose()
  }
  return { views, featureCount }
}
