import { divide, multiply, subtract } from '../../graph/arithmetic.ts'
import type { Value } from '../../graph/graph-builder.ts'
import { imageShape } from '../../graph/shape.ts'
import type { Tape } from '../../graph/tape.ts'
import type { Window } from '../convolution.ts'
import { blockedNode } from './layout.ts'
import { spreadPlaces, sumSquares } from './resizing.ts'

/** Windows that touch no place twice and leave none out: each place of x has one window to compare with. */
export function isTiling(x: Value, { kernel, stride, padding }: Window): boolean {
  const [, , height, width] = imageShape(x.shape)
  return kernel === stride && padding === 0 && height % kernel === 0 && width % kernel === 0
}

/**
 * Largest value of each square of `side`² places. dx is dy where x equals it, shared evenly where several do. Finding the
 * places again by comparing is several times faster than keeping their indices.
 */
export function poolMaximumBlocked(tape: Tape, x: Value, side: number, block: number): Value {
  const { graph } = tape
  const [batch, channels, height, width] = imageShape(x.shape)
  const attributes = { kernel_shape: [side, side], strides: [side, side] }
  const y = blockedNode(graph, 'MaxPool', [x], [batch, channels, height / side, width / side], attributes)
  return tape.record(y, [
    {
      input: x,
      share: (dy) => {
        const gap = subtract(graph, x, spreadPlaces(graph, y, side, block))
        // 1 where the gap is 0, else 0: a steep line, cut at both ends.
        const isLargest = graph.node('HardSigmoid', [gap], x.shape, {
          attributes: { alpha: { float: 1e30 }, beta: { float: 1 } },
        })
        const share = divide(graph, dy, sumSquares(graph, isLargest, side))
        return multiply(graph, isLargest, spreadPlaces(graph, share, side, block))
      },
    },
  ])
}
