import type { AugmentationPolicy } from '../../data/augmentation.ts'
import { openOnnx } from '../../onnx.ts'
import { allocateBatch, fillPlainBatch, fillTrainingBatch, type PictureSet } from './batches.ts'
import type { FeatureNetwork } from './feature-network.ts'

const BATCH = 32

/** What a frozen network says about pictures, [view][position in `positions`][feature]; view 0 is the plain picture. */
export interface FeatureCache {
  views: Float32Array[]
  featureCount: number
}

/** How many changed forms of each picture are looked at besides the plain one, and how long that may take. */
export interface ChangedViews {
  count: number
  policy: AugmentationPolicy
  seed: number
  /** Whether there is time for another look at all pictures, after one took `seconds`. */
  hasTime(seconds: number): boolean
}

/** Asks the frozen network once about every picture, and about changed forms of it while there is time. */
export async function cacheFeatures(
  { model, featureCount, input, output, takesMany }: FeatureNetwork,
  set: PictureSet,
  positions: readonly number[],
  { count, policy, seed, hasTime }: ChangedViews,
): Promise<FeatureCache> {
  const { channels, size } = set.format
  const session = await openOnnx(model)
  const batchSize = takesMany ? BATCH : 1
  const batch = allocateBatch(set, batchSize)
  const { image } = batch.inputs
  const pictureLength = channels * size * size
  const views: Float32Array[] = []
  const look = async (view: number) => {
    const features = new Float32Array(positions.length * featureCount)
    for (let start = 0; start < positions.length; start += batchSize) {
      const chosen = positions.slice(start, start + batchSize)
      if (view === 0) fillPlainBatch(image, set, chosen)
      else fillTrainingBatch(batch, set, chosen, { policy, mixing: 0, seed, step: view * positions.length + start })
      const shape = [chosen.length, channels, size, size]
      const answer = await session.run({ [input]: { data: image.subarray(0, chosen.length * pictureLength), shape } })
      features.set(answer[output] ?? [], start * featureCount)
    }
    views.push(features)
  }
  try {
    let seconds = 0
    for (let view = 0; view <= count && (view === 0 || hasTime(seconds)); view += 1) {
      const started = performance.now()
      await look(view)
      seconds = (performance.now() - started) / 1000
    }
  } finally {
    await session.dispose()
  }
  return { views, featureCount }
}
