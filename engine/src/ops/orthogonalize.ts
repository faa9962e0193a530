import { add, divide, matrixProduct, multiply, reduce, squareRoot } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import { dimensionAt } from '../graph/shape.ts'

/** Of the polynomial a·x + b·x³ + c·x⁵, which brings every x of (0, 1] near 1 within five rounds. */
const [A, B, C] = [3.4445, -4.775, 2.0315]
const ROUNDS = 5
const EPSILON = 1e-7

/**
 * The matrix with the singular vectors of `x` [rows, columns] and singular values near 1 (about .7 to 1.2), by Newton-Schulz
 * rounds on whichever side is shorter; 0 stays 0. Source: Jordan et al., Muon, 2024; Bernstein and Newhouse, Old Optimizer,
 * New Norm, 2024, appendix A.
 */
export function orthogonalize(graph: GraphBuilder, x: Value): Value {
  const isWide = dimensionAt(x.shape, 0) <= dimensionAt(x.shape, 1)
  const norm = squareRoot(graph, reduce(graph, 'ReduceSum', multiply(graph, x, x), [0, 1], false))
  let turned = divide(graph, x, add(graph, norm, graph.scalar(EPSILON)))
  for (let round = 0; round < ROUNDS; round += 1) {
    const squares = matrixProduct(graph, turned, turned, { transposeA: !isWide, transposeB: isWide })
    const factor = matrixProduct(graph, squares, squares, { scale: C, bias: squares, biasScale: B })
    const pair: [Value, Value] = isWide ? [factor, turned] : [turned, factor]
    turned = matrixProduct(graph, ...pair, { bias: turned, biasScale: A })
  }
  return turned
}
