import { add, divide, multiply, reduce, squareRoot, subtract } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { dimensionAt, imageShape } from '../../graph/shape.ts'
import type { Tape } from '../../graph/tape.ts'
import { passPositive } from '../activation.ts'
import { NORM_EPSILON } from '../batch-norm.ts'
import { scaleChannels } from './channel-scale.ts'
import { blockedNode } from './layout.ts'

export interface NormFinish {
  /** Added after the normalisation. */
  add?: Value | undefined
  /** ReLU at the end. */
  isRectified?: boolean | undefined
}

/**
 * Batch normalisation, an addition and a ReLU in one pass: y = max(0, x̂·scale + shift + add). Written as x·a + b with
 * a = scale/√(variance + ε), b = shift − mean·a. With dz = dy where y > 0: dshift = Σdz, dscale = Σdz·x̂ and
 * dx = a·dz − (a·s/σ)·x + a·(s·mean/σ − mean(dz)), s = mean(dz·x̂). Source: Ioffe and Szegedy, 2015, §3.
 * `x` blocked [batch, channels, height, width], `scale` and `shift` [channels].
 */
export function normalizeBlocked(tape: Tape, x: Value, scale: Value, shift: Value, finish: NormFinish) {
  const { graph } = tape
  const mean = meanPerChannel(graph, x)
  const square = meanPerChannel(graph, multiply(graph, x, x))
  const variance = graph.node('Relu', [subtract(graph, square, multiply(graph, mean, mean))], mean.shape)
  const deviation = squareRoot(graph, add(graph, variance, graph.scalar(NORM_EPSILON)))
  const slope = divide(graph, scale, deviation)
  const y = scaleChannels(graph, x, slope, {
    shift: subtract(graph, shift, multiply(graph, mean, slope)),
    add: finish.add ?? null,
    isRectified: finish.isRectified ?? false,
  })
  const count = dimensionAt(x.shape, 0) * dimensionAt(x.shape, 2) * dimensionAt(x.shape, 3)

  const parts = once((dy: Value) => {
    const dz = finish.isRectified ? passPositive(graph, dy, y) : dy
    const meanError = meanPerChannel(graph, dz)
    const product = meanPerChannel(graph, multiply(graph, dz, x))
    // mean(dz·x̂)
    const pull = divide(graph, subtract(graph, product, multiply(graph, mean, meanError)), deviation)
    return { dz, meanError, pull }
  })
  const times = (value: Value) => multiply(graph, value, graph.scalar(count))
  tape.record(y, [
    {
      input: x,
      share: (dy) => {
        const { dz, meanError, pull } = parts(dy)
        const back = divide(graph, multiply(graph, slope, pull), deviation)
        const rest = scaleChannels(graph, x, graph.node('Neg', [back], back.shape), {
          shift: subtract(graph, multiply(graph, back, mean), multiply(graph, slope, meanError)),
        })
        return scaleChannels(graph, dz, slope, { add: rest })
      },
    },
    { input: scale, share: (dy) => times(parts(dy).pull) },
    { input: shift, share: (dy) => times(parts(dy).meanError) },
    ...(finish.add ? [{ input: finish.add, share: (dy: Value) => parts(dy).dz }] : []),
  ])
  return { y, mean, variance, count }
}

/** Mean over batch, height and width: blocked [batch, channels, height, width] → [channels]. */
function meanPerChannel(graph: GraphBuilder, x: Value): Value {
  const [batch, channels] = imageShape(x.shape)
  const perImage = blockedNode(graph, 'GlobalAveragePool', [x], [batch, channels, 1, 1])
  return reduce(graph, 'ReduceMean', perImage, [0, 2, 3], false)
}

/** The rules of one record get the same gradient: what they share is written once. */
function once<Result>(make: (dy: Value) => Result): (dy: Value) => Result {
  let known: { dy: Value; result: Result } | null = null
  return (dy) => {
    if (known?.dy !== dy) known = { dy, result: make(dy) }
    return known.result
  }
}
