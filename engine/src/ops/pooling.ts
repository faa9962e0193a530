import { divide, reduce, reshape } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import { elementCount, imageShape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'
import { outputSize, type Window } from './convolution.ts'

/** Largest value of each window. The gradient goes to the place it came from, summed where windows overlap. */
export function poolMaximum(tape: Tape, x: Value, window: Window): Value {
  const { graph } = tape
  const { kernel, stride, padding } = window
  const [batch, channels, height, width] = imageShape(x.shape)
  const shape = [batch, channels, outputSize(height, window), outputSize(width, window)]
  const attributes = { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: Array(4).fill(padding) }
  const [y, places] = graph.nodes('MaxPool', [x], [shape, shape], { attributes })
  if (!y || !places) throw new Error('MaxPool made no indices')
  const flat = [elementCount(shape)]
  return tape.record(y, [
    {
      input: x,
      share: (dy) => {
        const count = elementCount(x.shape)
        const zeros = graph.node('Expand', [graph.scalar(0), graph.integers([count])], [count])
        const spread = graph.node(
          'ScatterElements',
          [zeros, reshape(graph, places, flat), reshape(graph, dy, flat)],
          [count],
          { attributes: { axis: 0, reduction: 'add' } },
        )
        return reshape(graph, spread, x.shape)
      },
    },
  ])
}

/** Mean over height and width: [batch, channels, height, width] → [batch, channels]. */
export function poolAverage(tape: Tape, x: Value): Value {
  const { graph } = tape
  const [batch, channels, height, width] = imageShape(x.shape)
  return tape.record(reduce(graph, 'ReduceMean', x, [2, 3], false), [
    {
      input: x,
      share: (dy) => {
        const each = divide(graph, reshape(graph, dy, [batch, channels, 1, 1]), graph.scalar(height * width))
        return graph.node('Expand', [each, graph.integers(x.shape)], x.shape)
      },
    },
  ])
}
