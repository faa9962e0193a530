import { add, concatenate, reduce, slice } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { unet } from '../../nn/unet.ts'
import { directionLoss } from '../../ops/direction-loss.ts'
import { regionLoss } from '../../ops/region-loss.ts'
import type { StepDefinition } from '../../train/step-definition.ts'
import { mapCount, type SegmenterSpec } from './network-spec.ts'

/**
 * Data: `image` [batch, channels, side, side] in tones, `target` [batch, maps, side / stride, side / stride] 0..1. Loss: cross
 * entropy and Dice of the classes' maps, and for instances the squared error of the directions inside them.
 */
export function segmenterStep(spec: SegmenterSpec, batchSize: number, side: number): StepDefinition {
  const maps = mapCount(spec)
  return {
    inputs: {
      image: [batchSize, spec.channels, side, side],
      target: [batchSize, maps, side / spec.stride, side / spec.stride],
    },
    write({ graph }, layers, { image, target }) {
      if (!image || !target) throw new RangeError('the step has image and target')
      const logits = unet(layers, image, maps, spec.stride)
      const { loss, gradient } = segmenterLoss(graph, logits, target, spec)
      return { loss, seeds: [{ output: logits, gradient }], outputs: {} }
    },
  }
}

function segmenterLoss(graph: GraphBuilder, logits: Value, target: Value, spec: SegmenterSpec) {
  const { classCount, hasInstances } = spec
  const part = (value: Value, start: number, end: number) => slice(graph, value, 1, start, end)
  const marked = part(target, 0, classCount)
  const shares = Array.from({ length: classCount }, () => 1 / classCount)
  const regions = regionLoss(graph, part(logits, 0, classCount), marked, shares)
  if (!hasInstances) return regions
  const maps = mapCount(spec)
  const inside = graph.node(
    'Min',
    [reduce(graph, 'ReduceSum', marked, [1], true), graph.scalar(1)],
    [marked.shape[0] ?? 1, 1, ...marked.shape.slice(2)],
  )
  const ways = directionLoss(graph, part(logits, classCount, maps), part(target, classCount, maps), inside)
  return {
    loss: add(graph, regions.loss, ways.loss),
    gradient: concatenate(graph, [regions.gradient, ways.gradient], 1),
  }
}
