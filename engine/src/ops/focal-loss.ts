import { add, divide, multiply, reduce, subtract } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'

/**
 * Penalty-reduced focal loss of a heat map, over its number of peaks. `logits`, `targets` [batch, class, height, width];
 * `classWeights` [1, class, 1, 1] how much each class counts; `targets` 0..1, exactly 1 at a peak, and the closer to 1 elsewhere the less an answer there counts as wrong. With p = σ(z):
 * −(1 − p)²·log p at peaks, −(1 − t)⁴·p²·log(1 − p) elsewhere. By z: 2p(1 − p)²·log p − (1 − p)³ at peaks,
 * (1 − t)⁴·(p³ − 2p²(1 − p)·log(1 − p)) elsewhere.
 * Source: Zhou et al., Objects as Points, 2019, equation 1.
 */
export function focalLoss(graph: GraphBuilder, logits: Value, targets: Value, classWeights: Value) {
  const one = graph.scalar(1)
  const two = graph.scalar(2)
  const map = (operator: string, x: Value) => graph.node(operator, [x], x.shape)
  const product = (...factors: Value[]) => factors.reduce((left, right) => multiply(graph, left, right))
  const square = (x: Value) => multiply(graph, x, x)

  const p = map('Sigmoid', logits)
  const rest = subtract(graph, one, p)
  // log σ(z) = −softplus(−z) and log(1 − σ(z)) = −softplus(z) stay finite where p is 0 or 1.
  const logP = map('Neg', map('Softplus', map('Neg', logits)))
  const logRest = map('Neg', map('Softplus', logits))
  const isPeak = map('Floor', targets)
  const penalty = product(square(square(subtract(graph, one, targets))), subtract(graph, one, isPeak))
  const peaks = reduce(graph, 'ReduceSum', isPeak, axesOf(isPeak), false)
  const share = divide(graph, one, graph.node('Max', [peaks, one], []))

  const losses = add(graph, product(isPeak, square(rest), logP), product(penalty, square(p), logRest))
  const gain = multiply(graph, losses, classWeights)
  const loss = map('Neg', multiply(graph, reduce(graph, 'ReduceSum', gain, axesOf(gain), false), share))
  const atPeaks = subtract(graph, product(two, p, square(rest), logP), product(square(rest), rest))
  const elsewhere = subtract(graph, product(square(p), p), product(two, square(p), rest, logRest))
  const slope = add(graph, multiply(graph, isPeak, atPeaks), multiply(graph, penalty, elsewhere))
  return { loss, gradient: product(slope, classWeights, share) }
}

const axesOf = ({ shape }: Value) => shape.map((_, axis) => axis)
