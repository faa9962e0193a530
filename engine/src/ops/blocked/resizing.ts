import { divide, reshape } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { imageShape } from '../../graph/shape.ts'
import type { Tape } from '../../graph/tape.ts'
import { blockedNode } from './layout.ts'

/** Every place becomes a square of `factor`² equal places; dx is the sum of dy over that square. Blocked. */
export function upsampleBlocked(tape: Tape, x: Value, factor: number, block: number): Value {
  const { graph } = tape
  return tape.record(spreadPlaces(graph, x, factor, block), [
    { input: x, share: (dy) => sumSquares(graph, dy, factor) },
  ])
}

/** [batch, channels, height, width] → [.., height·side, width·side], each place repeated; blocked. */
export function spreadPlaces(graph: GraphBuilder, x: Value, side: number, block: number): Value {
  const [batch, channels, height, width] = imageShape(x.shape)
  const lines = ((batch * channels) / block) * height
  const grid = [lines, side, width, side, block]
  const cells = reshape(graph, x, [lines, 1, width, 1, block])
  const spread = graph.node('Expand', [cells, graph.integers(grid)], grid)
  return reshape(graph, spread, [batch, channels, height * side, width * side])
}

/** Sum over each square of `side`² places: a depthwise convolution with ones; blocked. */
export function sumSquares(graph: GraphBuilder, x: Value, side: number): Value {
  const [batch, channels, height, width] = imageShape(x.shape)
  const ones = graph.floats([channels, 1, side, side], new Float32Array(channels * side * side).fill(1))
  return blockedNode(graph, 'Conv', [x, ones], [batch, channels, height / side, width / side], {
    group: channels,
    kernel_shape: [side, side],
    strides: [side, side],
  })
}

/** Mean over height and width: blocked [batch, channels, height, width] → plain [batch, channels]. */
export function poolAverageBlocked(tape: Tape, x: Value, block: number): Value {
  const { graph } = tape
  const [batch, channels, height, width] = imageShape(x.shape)
  const y = reshape(graph, blockedNode(graph, 'GlobalAveragePool', [x], [batch, channels, 1, 1]), [batch, channels])
  return tape.record(y, [
    {
      input: x,
      share: (dy) => {
        const planes = (batch * channels) / block
        const each = reshape(graph, divide(graph, dy, graph.scalar(height * width)), [planes, 1, block])
        const grid = [planes, height * width, block]
        return reshape(graph, graph.node('Expand', [each, graph.integers(grid)], grid), x.shape)
      },
    },
  ])
}
