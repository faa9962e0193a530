import { type AugmentationPolicy, augmentInto, type Normalisation, normaliseInto } from '../../data/augmentation.ts'
import type { PixelFormat } from '../../data/decode-image.ts'
import type { PixelStore } from '../../data/pixel-store.ts'
import { createRandom, drawNormal, type Random } from '../../data/random.ts'
import { drawBalancedEpoch } from '../../data/sampler.ts'
import type { BatchSource, StepBatch } from '../../train/batch-source.ts'
import { encodeTargets } from './target.ts'

/** Pictures and their classes, by position in the store. */
export interface PictureSet {
  store: PixelStore
  format: PixelFormat
  normalisation: Normalisation
  /** [position] class index. */
  values: readonly number[]
  classCount: number
}

/** Classes of the pictures beside the step's `image`, `target` and `weight`. */
export interface Batch extends StepBatch {
  inputs: Record<'image' | 'target' | 'weight', Float32Array>
  /** Class index of each picture before any mixing. */
  values: number[]
}

export interface PictureDraw {
  pictures: PictureSet
  /** Positions to learn from. */
  training: readonly number[]
  policy: AugmentationPolicy
  mixing: number
  batchSize: number
  seed: number
}

/** Batches in which every class is drawn equally often. */
export function pictureSource(draw: PictureDraw): BatchSource<Batch> {
  const { pictures, training, batchSize, seed } = draw
  const values = training.map((position) => pictures.values[position] ?? 0)
  const orders = new Map<number, Uint32Array>()
  const orderOf = (epoch: number, count: number) => {
    const known = orders.get(epoch)
    if (known?.length === count) return known
    orders.clear()
    const order = drawBalancedEpoch(values, { count, seed, epoch })
    orders.set(epoch, order)
    return order
  }
  return {
    allocate: () => allocateBatch(pictures, batchSize),
    fill(batch, { epoch, index, stepsPerEpoch }) {
      const order = orderOf(epoch, stepsPerEpoch * batchSize)
      const rows = order.subarray(index * batchSize, (index + 1) * batchSize)
      const positions = Array.from(rows, (row) => training[row] ?? 0)
      fillTrainingBatch(batch, pictures, positions, { ...draw, step: epoch * stepsPerEpoch + index })
    },
    countHits({ logits }, batch) {
      if (!logits) throw new RangeError('the step has logits')
      return countHits(logits, batch.values, pictures.classCount)
    },
  }
}

/** Makes room for one batch: `image` [batch, channel, row, column], `target` [batch, class], `weight` [batch]. */
export function allocateBatch({ format, classCount }: PictureSet, batchSize: number): Batch {
  return {
    inputs: {
      image: new Float32Array(batchSize * format.channels * format.size * format.size),
      target: new Float32Array(batchSize * classCount),
      weight: new Float32Array(batchSize),
    },
    count: batchSize,
    values: [],
  }
}

/**
 * Fills a batch with changed pictures, and mixes each with its mirror row when `mixing` > 0 (Zhang et al., mixup,
 * 2018: a share from Beta(mixing, mixing)). The same seed and step draw the same batch.
 */
export function fillTrainingBatch(
  batch: Batch,
  set: PictureSet,
  positions: ArrayLike<number>,
  { policy, mixing, seed, step }: { policy: AugmentationPolicy; mixing: number; seed: number; step: number },
): void {
  const pictureLength = set.format.channels * set.format.size * set.format.size
  const random = createRandom(seed, step, 0xa9)
  batch.values = Array.from(positions, (position) => set.values[position] ?? 0)
  for (let row = 0; row < positions.length; row += 1) {
    const pixels = set.store.read(positions[row] ?? 0)
    augmentInto(batch.inputs.image, row * pictureLength, pixels, set.format, set.normalisation, policy, random)
  }
  batch.inputs.weight.fill(0).fill(1, 0, positions.length)
  encodeTargets(batch.inputs.target, batch.values, set.classCount)
  if (mixing > 0) mixRows(batch, positions.length, pictureLength, set.classCount, drawShare(mixing, random))
}

/** Fills the first rows of `images` [batch, channel, row, column] with unchanged pictures. */
export function fillPlainBatch(
  images: Float32Array,
  { store, format, normalisation }: PictureSet,
  positions: ArrayLike<number>,
): void {
  const pictureLength = format.channels * format.size * format.size
  for (let row = 0; row < positions.length; row += 1) {
    normaliseInto(images, row * pictureLength, store.read(positions[row] ?? 0), format, normalisation)
  }
}

function countHits(logits: Float32Array, values: readonly number[], classCount: number): number {
  return values.filter((value, row) => {
    const scores = logits.subarray(row * classCount, (row + 1) * classCount)
    return scores.indexOf(Math.max(...scores)) === value
  }).length
}

function mixRows(batch: Batch, rows: number, pictureLength: number, classCount: number, share: number): void {
  for (let low = 0, high = rows - 1; low < high; low += 1, high -= 1) {
    mixPair(batch.inputs.image, low * pictureLength, high * pictureLength, pictureLength, share)
    mixPair(batch.inputs.target, low * classCount, high * classCount, classCount, share)
  }
}

function mixPair(values: Float32Array, first: number, second: number, length: number, share: number): void {
  for (let index = 0; index < length; index += 1) {
    const a = values[first + index] as number
    const b = values[second + index] as number
    values[first + index] = share * a + (1 - share) * b
    values[second + index] = share * b + (1 - share) * a
  }
}

/** One draw of Beta(shape, shape) as a ratio of two Gamma draws, taken from its larger side. */
function drawShare(shape: number, random: Random): number {
  const first = drawGamma(shape, random)
  const second = drawGamma(shape, random)
  const share = first / Math.max(first + second, 1e-30)
  return Math.max(share, 1 - share)
}

/** Marsaglia and Tsang, 2000, with their boost for shapes under 1. */
function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * Math.max(random(), 1e-12) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  while (true) {
    const normal = drawNormal(random)
    const cube = (1 + c * normal) ** 3
    if (cube > 0 && Math.log(Math.max(random(), 1e-12)) < 0.5 * normal ** 2 + d - d * cube + d * Math.log(cube)) {
      return d * cube
    }
  }
}
