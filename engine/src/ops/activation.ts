import { add, multiply } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import type { Tape } from '../graph/tape.ts'

/** max(x, 0). dx = dy where y > 0. */
export function rectify(tape: Tape, x: Value): Value {
  const { graph } = tape
  const y = graph.node('Relu', [x], x.shape)
  return tape.record(y, [{ input: x, share: (dy) => passPositive(graph, dy, y) }])
}

/** `dy` where `y` > 0, else 0; the mask is a steep HardSigmoid, measured faster than Sign. */
export function passPositive(graph: GraphBuilder, dy: Value, y: Value): Value {
  const attributes = { alpha: { float: 1e30 }, beta: { float: 0 } }
  return multiply(graph, dy, graph.node('HardSigmoid', [y], y.shape, { attributes }))
}

/** Sum of two values of one shape; both get the output's gradient. */
export function sum(tape: Tape, a: Value, b: Value): Value {
  return tape.record(add(tape.graph, a, b), [
    { input: a, share: (dy) => dy },
    { input: b, share: (dy) => dy },
  ])
}
