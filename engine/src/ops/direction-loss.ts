import { add, divide, multiply, reduce, subtract } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'

/** How much directions count beside the regions. */
const WEIGHT = 8

/**
 * Squared error of components of vectors after a sigmoid, where there is something to point at. `logits`, `targets` [batch,
 * components, height, width], targets 0 for −1 to 1 for 1; `inside` [batch, 1, height, width] 0..1. With p = σ(z):
 * loss = 8·Σ inside·(p − t)² / (Σ inside + 1), dz = 16·inside·(p − t)·p·(1 − p) / (Σ inside + 1). As components from −1 to 1
 * that is twice the squared length of the difference. Source: Stringer et al., Cellpose, 2021, Methods, "Training".
 */
export function directionLoss(graph: GraphBuilder, logits: Value, targets: Value, inside: Value) {
  const p = graph.node('Sigmoid', [logits], logits.shape)
  const difference = subtract(graph, p, targets)
  const share = divide(
    graph,
    multiply(graph, inside, graph.scalar(WEIGHT)),
    add(graph, reduce(graph, 'ReduceSum', inside, [0, 1, 2, 3], false), graph.scalar(1)),
  )
  const weighted = multiply(graph, share, difference)
  const slope = multiply(graph, p, subtract(graph, graph.scalar(2), multiply(graph, p, graph.scalar(2))))
  return {
    loss: reduce(graph, 'ReduceSum', multiply(graph, weighted, difference), [0, 1, 2, 3], false),
    gradient: multiply(graph, weighted, slope),
  }
}
