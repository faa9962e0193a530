import { reduce, reshape } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import { imageShape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'

/** Every place becomes a square of `factor`² equal places; dx is the sum of dy over that square. */
export function upsample(tape: Tape, x: Value, factor: number): Value {
  const { graph } = tape
  const [batch, channels, height, width] = imageShape(x.shape)
  return tape.record(writeUpsampling(graph, x, factor), [
    {
      input: x,
      share: (dy) => {
        const squares = reshape(graph, dy, [batch * channels, height, factor, width, factor])
        return reshape(graph, reduce(graph, 'ReduceSum', squares, [2, 4], false), x.shape)
      },
    },
  ])
}

/** How what lies between places comes about: as the place it belongs to, or in a straight line from one to the next. */
const BETWEEN = {
  nearest: { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' },
  linear: { mode: 'linear', coordinate_transformation_mode: 'half_pixel' },
}

/** The forward node alone, by a whole factor. */
export function writeUpsampling(
  graph: GraphBuilder,
  x: Value,
  factor: number,
  between: keyof typeof BETWEEN = 'nearest',
): Value {
  const [batch, channels, height, width] = imageShape(x.shape)
  const scales = graph.floats([4], Float32Array.of(1, 1, factor, factor))
  return graph.node('Resize', [x, null, scales], [batch, channels, height * factor, width * factor], {
    attributes: BETWEEN[between],
  })
}
