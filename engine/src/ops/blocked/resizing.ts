import { divide, reshape } from '../../graph/arithmetic.ts'
import type { Value } from '../../graph/graph-builder.ts'
import { imageShape } from '../../graph/shape.ts'
import type { Tape } from '../../graph/tape.ts'
import { blockedNode } from './layout.ts'

/** Every place becomes a square of `factor`² equal places; dx is the sum of dy over that square. Blocked. */
export function upsampleBlocked(tape: Tape, x: Value, factor: number, block: number): Value {
  const { graph } = tape
  const [batch, channels, height, width] = imageShape(x.shape)
  const planes = (batch * channels) / block
  const cells = reshape(graph, x, [planes * height, 1, width, 1, block])
  const grid = [planes * height, factor, width, factor, block]
  const spread = graph.node('Expand', [cells, graph.integers(grid)], grid)
  const y = reshape(graph, spread, [batch, channels, height * factor, width * factor])
  return tape.record(y, [
    {
      input: x,
      share: (dy) => {
        const ones = graph.floats([channels, 1, factor, factor], new Float32Array(channels * factor * factor).fill(1))
        const attributes = { group: channels, kernel_shape: [factor, factor], strides: [factor, factor] }
        return blockedNode(graph, 'Conv', [dy, ones], x.shape, attributes)
      },
    },
  ])
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
