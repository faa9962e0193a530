import { concatenate, slice } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'

/** Channels of all values, one after the other; each gets its own part of dy. All [batch, *, height, width]. */
export function concatenateChannels(tape: Tape, values: Value[]): Value {
  let start = 0
  const rules = values.map((input) => {
    const from = start
    start += dimensionAt(input.shape, 1)
    const to = start
    return { input, share: (dy: Value) => slice(tape.graph, dy, 1, from, to) }
  })
  return tape.record(concatenate(tape.graph, values, 1), rules)
}
