import { add, divide, multiply, reduce, reshape, subtract } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import { dimensionAt } from '../graph/shape.ts'

/**
 * Weighted mean cross entropy of soft targets after softmax. `logits`, `targets` [batch, classes], rows of `targets`
 * sum to 1; `weights` [batch]. loss = −Σₙ wₙ Σₖ tₙₖ·log softmax(z)ₙₖ / Σₙ wₙ; its gradient is wₙ·(softmax(z) − t)/Σ w.
 */
export function crossEntropy(graph: GraphBuilder, logits: Value, targets: Value, weights: Value) {
  const batch = dimensionAt(logits.shape, 0)
  const logs = graph.node('LogSoftmax', [logits], logits.shape, { attributes: { axis: 1 } })
  const total = add(graph, reduce(graph, 'ReduceSum', weights, [0], false), graph.scalar(1e-12))
  const share = reshape(graph, divide(graph, weights, total), [batch, 1])
  const weighted = multiply(graph, multiply(graph, logs, targets), share)
  const loss = graph.node('Neg', [reduce(graph, 'ReduceSum', weighted, [0, 1], false)], [])
  const gap = subtract(graph, graph.node('Exp', [logs], logits.shape), targets)
  return { loss, gradient: multiply(graph, gap, share) }
}
