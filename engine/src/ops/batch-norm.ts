import { add, divide, multiply, reduce, reshape, squareRoot, subtract } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt, imageShape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'

export const NORM_EPSILON = 1e-5

/**
 * Batch normalisation with the statistics of this batch. `x` [batch, channels, height, width], `scale` and `shift`
 * [channels]. y = x̂·scale + shift with x̂ = (x − mean)/√(variance + ε), over batch, height and width.
 * dshift = Σdy, dscale = Σdy·x̂, dx = scale/√(variance + ε) · (dy − mean(dy) − x̂·mean(dy·x̂)).
 * Returns y and the batch's mean and (biased) variance [channels]. Source: Ioffe and Szegedy, 2015, §3.
 */
export function normalizeBatch(tape: Tape, x: Value, scale: Value, shift: Value) {
  const { graph } = tape
  const [, channels] = imageShape(x.shape)
  const flat = [channels]
  const perChannel = [1, channels, 1, 1]
  const over = [0, 2, 3]
  const wide = (value: Value) => reshape(graph, value, perChannel)

  const mean = reduce(graph, 'ReduceMean', x, over, true)
  const centred = subtract(graph, x, mean)
  const variance = reduce(graph, 'ReduceMean', multiply(graph, centred, centred), over, true)
  const deviation = squareRoot(graph, add(graph, variance, graph.scalar(NORM_EPSILON)))
  const normal = divide(graph, centred, deviation)
  const y = add(graph, multiply(graph, normal, wide(scale)), wide(shift))

  tape.record(y, [
    {
      input: x,
      share: (dy) => {
        const bias = reduce(graph, 'ReduceMean', dy, over, true)
        const slope = reduce(graph, 'ReduceMean', multiply(graph, dy, normal), over, true)
        const rest = subtract(graph, subtract(graph, dy, bias), multiply(graph, normal, slope))
        return multiply(graph, rest, divide(graph, wide(scale), deviation))
      },
    },
    {
      input: scale,
      share: (dy) => reduce(graph, 'ReduceSum', multiply(graph, dy, normal), over, false),
    },
    { input: shift, share: (dy) => reduce(graph, 'ReduceSum', dy, over, false) },
  ])
  const count = dimensionAt(x.shape, 0) * dimensionAt(x.shape, 2) * dimensionAt(x.shape, 3)
  return { y, mean: reshape(graph, mean, flat), variance: reshape(graph, variance, flat), count }
}
