import { add, multiply } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { elementCount, type Shape, sameShape } from '../../graph/shape.ts'
import { blockedNode } from './layout.ts'

/** The shape under which a tensor is summed in one pass: its numbers in `block` channels; null: it does not fill them. */
export function flatShape(shape: Shape, block: number): number[] | null {
  const count = elementCount(shape)
  return block > 0 && count % block === 0 ? [1, block, 1, count / block] : null
}

/** Writes x·factor + addend for two tensors of one shape and a scalar. */
export type ScaledSum = (x: Value, factor: Value, addend: Value) => Value

/** Tensors in a flat shape take one pass over memory, a depthwise convolution; others two standard operators. */
export function scaledSums(graph: GraphBuilder, block: number): ScaledSum {
  const spread = new Map<string, Value>()
  const kernelsOf = (factor: Value) => {
    const shape = [block, 1, 1, 1]
    const known = spread.get(factor.name) ?? graph.node('Expand', [factor, graph.integers(shape)], shape)
    spread.set(factor.name, known)
    return known
  }
  return (x, factor, addend) => {
    const flat = flatShape(x.shape, block)
    if (!flat || !sameShape(flat, x.shape)) return add(graph, multiply(graph, x, factor), addend)
    return blockedNode(graph, 'Conv', [x, kernelsOf(factor), null, addend], flat, {
      group: block,
      kernel_shape: [1, 1],
    })
  }
}
