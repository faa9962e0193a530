import type { NamedTensors } from '../../graph/named-tensors.ts'
import type { Judgement } from '../../train/run-epochs.ts'
import { allocateBatch, fillPlainBatch, type PictureSet } from './batches.ts'
import { balancedWeights, calibratedLoss, fitTemperature } from './calibration.ts'
import { encodeClassifier } from './classifier-file.ts'
import type { NetworkSpec } from './network-spec.ts'
import { openClassifier } from './open-classifier.ts'

/** Runs the forward part: `images` [count, channel, row, column] → logits [count, class]. */
export type Forward = (images: Float32Array, count: number) => Promise<Float32Array>

/**
 * What a network says about held-out pictures. `loss` is the class-balanced negative log-likelihood at the temperature,
 * `score` the accuracy.
 */
export interface Evaluation extends Judgement {
  truths: number[]
  /** [image][class] */
  logits: Float32Array[]
  temperature: number
}

const BATCH = 64

/** Judges parameters on the pictures at `positions`, at least one. */
export async function evaluateParameters(
  spec: NetworkSpec,
  parameters: NamedTensors,
  pictures: PictureSet,
  positions: readonly number[],
): Promise<Evaluation> {
  const classifier = await openClassifier(encodeClassifier(spec, parameters, null), spec)
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
  const { image: images } = allocateBatch(set, batchSize).inputs
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
    score: hits / truths.length,
  }
}
