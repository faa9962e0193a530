import { add, multiply } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { NETWORKS } from '../../nn/backbones.ts'
import { crossEntropy } from '../../ops/cross-entropy.ts'
import type { StepDefinition } from '../../train/step-definition.ts'
import type { NetworkSpec } from './network-spec.ts'

/**
 * Data: `image` [batch, channels, size, size] normalised, `target` [batch, classes] rows that sum to 1, `weight`
 * [batch], 0 leaves an image out. Reads back `logits` [batch, classes]. Loss: weighted mean cross entropy.
 * `labelSmoothing`: share of every target spread evenly over the classes, 0..1.
 */
export function classifierStep(spec: NetworkSpec, batchSize: number, labelSmoothing: number): StepDefinition {
  return {
    inputs: {
      image: [batchSize, spec.channels, spec.imageSize, spec.imageSize],
      target: [batchSize, spec.classCount],
      weight: [batchSize],
    },
    write({ graph }, layers, { image, target, weight }) {
      if (!image || !target || !weight) throw new RangeError('the step has image, target and weight')
      const logits = NETWORKS[spec.backbone](layers, image, spec.classCount)
      const { loss, gradient } = crossEntropy(graph, logits, smoothen(graph, target, labelSmoothing), weight)
      return { loss, seeds: [{ output: logits, gradient }], outputs: { logits } }
    },
  }
}

/** Label smoothing (Szegedy et al., 2016, §7): t·(1 − s) + s/classes. */
function smoothen(graph: GraphBuilder, target: Value, share: number): Value {
  if (share === 0) return target
  const kept = multiply(graph, target, graph.scalar(1 - share))
  return add(graph, kept, graph.scalar(share / (target.shape[1] ?? 1)))
}
