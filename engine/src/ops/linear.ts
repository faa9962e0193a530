import { matrixProduct, reduce } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import type { Tape } from '../graph/tape.ts'

/** x·Wᵀ + b. `x` [batch, in], `weight` [out, in], `bias` [out]. dx = dy·W, dW = dyᵀ·x, db = Σ dy. */
export function project(tape: Tape, x: Value, weight: Value, bias: Value): Value {
  const { graph } = tape
  return tape.record(matrixProduct(graph, x, weight, { transposeB: true, bias }), [
    { input: x, share: (dy) => matrixProduct(graph, dy, weight) },
    { input: weight, share: (dy) => matrixProduct(graph, dy, x, { transposeA: true }) },
    { input: bias, share: (dy) => reduce(graph, 'ReduceSum', dy, [0], false) },
  ])
}
