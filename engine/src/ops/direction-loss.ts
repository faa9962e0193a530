import { add, divide, multiply, reduce, subtract } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'

/**
 * Cross entropy of components of vectors after a sigmoid, where there is something to point at. `logits`, `targets` [batch,
 * components, height, width], targets 0 for −1 to 1 for 1; `inside` [batch, 1, height, width] 0..1. With p = σ(z):
 * loss = Σ inside·(softplus(z) − t·z) / (Σ inside + 1), dz = inside·(p − t) / (Σ inside + 1). Its least value is the
 * targets' own entropy.
 */
export function directionLoss(graph: GraphBuilder, logits: Value, targets: Value, inside: Value) {
  const p = graph.node('Sigmoid', [logits], logits.shape)
  const softplus = graph.node('Softplus', [logits], logits.shape)
  const entropy = subtract(graph, softplus, multiply(graph, targets, logits))
  const share = divide(
    graph,
    inside,
    add(graph, reduce(graph, 'ReduceSum', inside, [0, 1, 2, 3], false), graph.scalar(1)),
  )
  return {
    loss: reduce(graph, 'ReduceSum', multiply(graph, share, entropy), [0, 1, 2, 3], false),
    gradient: multiply(graph, share, subtract(graph, p, targets)),
  }
}
