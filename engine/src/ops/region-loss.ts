import { add, divide, multiply, reduce, subtract } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import { elementCount, imageShape } from '../graph/shape.ts'

/**
 * Cross entropy of every pixel after a sigmoid, and 1 − Dice of every map. `logits`, `targets` [batch, maps, height,
 * width]; `targets` 0..1; `overlapShares` [maps]: how much each map's Dice counts, 0 for maps that are no regions.
 * With p = σ(z), I = Σp·t and S = Σp + Σt over batch and pixels: loss = mean(softplus(z) − t·z) + Σ share·(1 − D),
 * D = (2I + 1)/(S + 1), and dD/dp = (2t − D)/(S + 1).
 * Source: Milletari et al., V-Net, 2016, §3, with a linear denominator and over the batch.
 */
export function regionLoss(graph: GraphBuilder, logits: Value, targets: Value, overlapShares: readonly number[]) {
  const [, maps] = imageShape(logits.shape)
  const one = graph.scalar(1)
  const two = graph.scalar(2)
  const perMap = (x: Value) => reduce(graph, 'ReduceSum', x, [0, 2, 3], true)
  const p = graph.node('Sigmoid', [logits], logits.shape)
  const softplus = graph.node('Softplus', [logits], logits.shape)
  const entropy = subtract(graph, softplus, multiply(graph, targets, logits))
  const meanEntropy = reduce(graph, 'ReduceMean', entropy, [0, 1, 2, 3], false)

  const shares = graph.floats([1, maps, 1, 1], Float32Array.from(overlapShares))
  const both = add(graph, multiply(graph, two, perMap(multiply(graph, p, targets))), one)
  const size = add(graph, add(graph, perMap(p), perMap(targets)), one)
  const dice = divide(graph, both, size)
  const overlap = reduce(graph, 'ReduceSum', multiply(graph, shares, subtract(graph, one, dice)), [0, 1, 2, 3], false)

  const bySigmoid = multiply(graph, p, subtract(graph, one, p))
  const slope = multiply(graph, subtract(graph, dice, multiply(graph, two, targets)), divide(graph, shares, size))
  const share = graph.scalar(1 / elementCount(logits.shape))
  const byEntropy = multiply(graph, subtract(graph, p, targets), share)
  return {
    loss: add(graph, meanEntropy, overlap),
    gradient: add(graph, byEntropy, multiply(graph, slope, bySigmoid)),
  }
}
