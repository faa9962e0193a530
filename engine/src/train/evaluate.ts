import type { TrainingBackend } from './backend.ts'
import { allocateBatch, fillPlainBatch, type PictureSet } from './batches.ts'
import { balancedWeights, calibratedLoss, fitTemperature } from './calibration.ts'
import type { NamedTensors, NetworkSpec } from './training-session.ts'

/** Runs the forward part: `images` [count, channel, row, column] → logits [count, class]. */
export type Forward = (images: Float32Array, count: number) => Promise<Float32Array>

/** What a network says about held-out pictures. */
export interface Evaluation {
  truths: number[]
  /** [image][class] */
  logits: Float32Array[]
  temperature: number
  /** Class-balanced negative log-likelihood at that temperature: what runs and epochs are compared by. */
  loss: number
  accuracy: number
}

const BATCH = 64

/** Judges parameters on the pictures at `positions`, at least one. */
export async function evaluateParameters(
  backend: TrainingBackend,
  spec: NetworkSpec,
  parameters: NamedTensors,
  pictures: PictureSet,
  positions: readonly number[],
): Promise<Evaluation> {
  const classifier = await backend.openClassifier(spec, parameters)
  try {
    const forward: Forward = (images, count) => classifier.run(images, count)
    const logits = await computeLogits(forward, pictures, positions, Math.min(BATCH, positions.length))
    const truths = positions.map((position) => pictures.values[position] ?? 0)
    return weighLogits(truths, logits)
  } finally {
    await classifier.dispose()
  }
}

/** Logits of the pictures at `positions`: [image][class], in order. `forward` takes `batchSize` pictures at once. */
export async function computeLogits(
  forward: Forward,
  set: PictureSet,
  positions: readonly number[],
  batchSize: number,
): Promise<Float32Array[]> {
  const { images } = allocateBatch(set, batchSize)
  const logits: Float32Array[] = []
  for (let start = 0; start < positions.length; start += batchSize) {
    const chosen = positions.slice(start, start + batchSize)
    fillPlainBatch(images, set, chosen)
    const used = images.subarray(0, (images.length / batchSize) * chosen.length)
    const rows = await forward(used, chosen.length)
    chosen.forEach((_, row) => {
      logits.push(rows.slice(row * set.classCount, (row + 1) * set.classCount))
    })
  }
  return logits
}

/** Weighs logits against the truth. `truths`: [image] class index; at least one image. */
export function weighLogits(truths: number[], logits: Float32Array[]): Evaluation {
  const weights = balancedWeights(truths)
  const temperature = fitTemperature(logits, truths, weights)
  const hits = logits.filter((row, index) => row.indexOf(Math.max(...row)) === truths[index]).length
  return {
    truths,
    logits,
    temperature,
    loss: calibratedLoss(logits, truths, weights, temperature),
    accuracy: hits / truths.length,
  }
}
