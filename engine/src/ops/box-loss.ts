import { add, concatenate, divide, multiply, reduce, slice, subtract } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'

/** Beyond these a box would be smaller or larger than any picture; the bound keeps the exponential finite. */
const LEAST_LOGARITHM = -8
const MOST_LOGARITHM = 8

/** Logarithms to lengths. */
export function boundedExponential(graph: GraphBuilder, x: Value): Value {
  const bounds = [graph.scalar(LEAST_LOGARITHM), graph.scalar(MOST_LOGARITHM)]
  return graph.node('Exp', [graph.node('Clip', [x, ...bounds], x.shape)], x.shape)
}

/**
 * Weighted sum of 1 − GIoU between boxes that hold the same place. `logarithms` [batch, 4, height, width]: natural
 * logarithms of the distances from the place to the left, right, top and bottom edge; `distances`, same shape, the true
 * ones, > 0, in the same unit; `weights` [batch, 1, height, width]. With intersection I, union U and hull C of two boxes
 * 1 − GIoU = 2 − I/U − U/C, and its slope is −(I′U − IU′)/U² − (U′C − UC′)/C². A logarithm out of bounds is pushed back
 * as if it were at the bound. Source: Rezatofighi et al., Generalized Intersection over Union, 2019, algorithm 1.
 */
export function boxLoss(graph: GraphBuilder, logarithms: Value, distances: Value, weights: Value) {
  const guess = boundedExponential(graph, logarithms)
  const across = overlapAlong(graph, slice(graph, guess, 1, 0, 2), slice(graph, distances, 1, 0, 2))
  const along = overlapAlong(graph, slice(graph, guess, 1, 2, 4), slice(graph, distances, 1, 2, 4))
  const intersection = multiply(graph, across.shared, along.shared)
  const both = add(graph, multiply(graph, across.guessed, along.guessed), multiply(graph, across.true, along.true))
  const union = subtract(graph, both, intersection)
  const hull = multiply(graph, across.hull, along.hull)

  const ratios = add(graph, divide(graph, intersection, union), divide(graph, union, hull))
  const losses = multiply(graph, subtract(graph, graph.scalar(2), ratios), weights)
  const loss = reduce(graph, 'ReduceSum', losses, [0, 1, 2, 3], false)

  const slopeAlong = (own: Overlap, other: Overlap): Value => {
    const shared = multiply(graph, own.isInside, other.shared)
    const united = subtract(graph, other.guessed, shared)
    const covered = multiply(graph, subtract(graph, graph.scalar(1), own.isInside), other.hull)
    const first = slopeOfRatio(graph, intersection, shared, union, united)
    return add(graph, first, slopeOfRatio(graph, union, united, hull, covered))
  }
  const slopes = concatenate(graph, [slopeAlong(across, along), slopeAlong(along, across)], 1)
  const gradient = multiply(graph, graph.node('Neg', [multiply(graph, slopes, guess)], guess.shape), weights)
  return { loss, gradient }
}

/** Lengths along one axis, [batch, 1, height, width], and which edges [batch, 2, height, width] lie inside the truth. */
interface Overlap {
  shared: Value
  guessed: Value
  true: Value
  hull: Value
  isInside: Value
}

function overlapAlong(graph: GraphBuilder, guess: Value, truth: Value): Overlap {
  const total = (x: Value) => reduce(graph, 'ReduceSum', x, [1], true)
  // 1 where truth > guess: a steep HardSigmoid of their difference.
  const attributes = { alpha: { float: 1e30 }, beta: { float: 0 } }
  return {
    shared: total(graph.node('Min', [guess, truth], guess.shape)),
    guessed: total(guess),
    true: total(truth),
    hull: total(graph.node('Max', [guess, truth], guess.shape)),
    isInside: graph.node('HardSigmoid', [subtract(graph, truth, guess)], guess.shape, { attributes }),
  }
}

/** (a/b)′ = (a′b − ab′)/b² */
function slopeOfRatio(graph: GraphBuilder, a: Value, slopeA: Value, b: Value, slopeB: Value): Value {
  const above = subtract(graph, multiply(graph, slopeA, b), multiply(graph, a, slopeB))
  return divide(graph, above, multiply(graph, b, b))
}
