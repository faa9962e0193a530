import { add, multiply } from '../../graph/arithmetic.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { DETECTOR_HEAD_CHANNELS, DETECTOR_STRIDE, detector } from '../../nn/detector.ts'
import { boxLoss } from '../../ops/box-loss.ts'
import { focalLoss } from '../../ops/focal-loss.ts'
import type { StepDefinition } from '../../train/step-definition.ts'
import type { DetectorSpec } from './network-spec.ts'

/**
 * Data: `image` [batch, channels, size, size] normalised; at a quarter of the size `heat` [batch, classes, ..], `edges`
 * [batch, 4, ..] distances to a box's edges in units of 16 pixels, and `weight` [batch, 1, ..], the part of each place in
 * its box's loss. Loss: focal loss of the heat and `boxShare` × (1 − GIoU) of the boxes.
 */
export function detectorStep(
  { channels, classCount }: DetectorSpec,
  {
    batchSize,
    size,
    boxShare,
    classWeights,
  }: { batchSize: number; size: number; boxShare: number; classWeights: number[] },
): StepDefinition {
  const side = size / DETECTOR_STRIDE
  return {
    inputs: {
      image: [batchSize, channels, size, size],
      heat: [batchSize, classCount, side, side],
      edges: [batchSize, 4, side, side],
      weight: [batchSize, 1, side, side],
    },
    write({ graph }, layers, { image, heat, edges, weight }) {
      if (!image || !heat || !edges || !weight) throw new RangeError('the step has image, heat, edges and weight')
      const maps = detector(layers, image, classCount)
      const found = focalLoss(
        graph,
        maps.heat,
        heat,
        graph.floats([1, classCount, 1, 1], Float32Array.from(classWeights)),
      )
      const placed = boxLoss(graph, maps.edges, edges, weight)
      const share = graph.scalar(boxShare)
      return {
        loss: add(graph, found.loss, multiply(graph, placed.loss, share)),
        seeds: [
          { output: maps.heat, gradient: found.gradient },
          { output: maps.edges, gradient: multiply(graph, placed.gradient, share) },
        ],
        outputs: {},
      }
    },
  }
}

/** Most places of a picture are nobody's centre; starting from that answer saves the first steps. */
const FIRST_LOGIT = -4

/** Where the last layers start: they answer the same everywhere. */
export function startingParameters({ classCount }: DetectorSpec): NamedTensors {
  const width = DETECTOR_HEAD_CHANNELS
  return new Map([
    ['heat.weight', { shape: [classCount, width, 1, 1], data: new Float32Array(classCount * width) }],
    ['heat.bias', { shape: [classCount], data: new Float32Array(classCount).fill(FIRST_LOGIT) }],
    ['edges.weight', { shape: [4, width, 1, 1], data: new Float32Array(4 * width) }],
  ])
}
