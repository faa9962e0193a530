import { add, divide, multiply, squareRoot } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import type { MatrixView } from '../nn/parameters.ts'
import type { ScaledSum } from '../ops/blocked/scaled-sum.ts'
import { orthogonalize } from '../ops/orthogonalize.ts'

/** One way of moving parameters along their gradients. Weight decay acts on matrices and kernels, not on vectors. */
export interface Optimizer {
  /** Names of what it remembers of a parameter. */
  statesOf(parameter: Pick<Moved, 'matrix'>): readonly string[]
  /** The numbers of one step, fed as scalars; `step` counts from 1. */
  scalars(learningRate: number, step: number, weightDecay: number): Record<string, number>
  write(graph: GraphBuilder, sum: ScaledSum, scalars: Readonly<Record<string, Value>>, moved: Moved): Update
}

export interface Moved {
  parameter: Value
  gradient: Value
  state: Readonly<Record<string, Value>>
  isDecaying: boolean
  /** Kernels of a hidden layer read as a matrix; null: something else. */
  matrix: MatrixView | null
}

export interface Update {
  parameter: Value
  state: Record<string, Value>
}

const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8
const MOMENTUM = 0.9
/** A rate of zero would divide by zero below; this one moves nothing. */
const SMALLEST_RATE = 1e-25

/**
 * AdamW (Loshchilov and Hutter, 2019, algorithm 2), its averages kept without their factors (1 − β), so that each costs
 * one pass: first' = β₁·first + g, second' = β₂·second + g². The step is −first' / (a·√second' + b) with scalars a, b that
 * hold rate, bias corrections and ε.
 */
const adamw: Optimizer = {
  statesOf: () => ['first', 'second'],
  scalars(learningRate, step, weightDecay) {
    const rate = Math.max(learningRate, SMALLEST_RATE) * ((1 - BETA1) / (1 - BETA1 ** step))
    return {
      spread_scale: -Math.sqrt((1 - BETA2) / (1 - BETA2 ** step)) / rate,
      spread_shift: -EPSILON / rate,
      decay: 1 - learningRate * weightDecay,
    }
  },
  write(graph, sum, scalars, { parameter, gradient, state, isDecaying }) {
    const { first: oldFirst, second: oldSecond } = state
    const { spread_scale: scale, spread_shift: shift, decay } = scalars
    if (!oldFirst || !oldSecond || !scale || !shift || !decay) throw new RangeError('adamw lacks a state or a scalar')
    const first = sum(oldFirst, graph.scalar(BETA1), gradient)
    const second = sum(oldSecond, graph.scalar(BETA2), multiply(graph, gradient, gradient))
    const spread = add(graph, multiply(graph, squareRoot(graph, second), scale), shift)
    const step = divide(graph, first, spread)
    return {
      parameter: isDecaying ? sum(parameter, decay, step) : add(graph, parameter, step),
      state: { first, second },
    }
  },
}

/** Stochastic gradient descent with momentum: velocity' = 0.9·velocity + g + decay·p, p' = p − rate·velocity'. */
const sgd: Optimizer = {
  statesOf: () => ['velocity'],
  scalars: (learningRate, _step, weightDecay) => ({ rate: -learningRate, decay: weightDecay }),
  write(graph, sum, { rate, decay }, { parameter, gradient, state, isDecaying }) {
    if (!state.velocity || !rate || !decay) throw new RangeError('sgd lacks a state or a scalar')
    const pull = isDecaying ? sum(parameter, decay, gradient) : gradient
    const velocity = sum(state.velocity, graph.scalar(MOMENTUM), pull)
    return { parameter: sum(velocity, rate, parameter), state: { velocity } }
  },
}

/** What remains of the average of gradients that Muon orthogonalises. */
const MUON_MOMENTUM = 0.95
/** Brings the root mean square of a step to that of AdamW, so that one rate is right for both. */
const MUON_SCALE = 0.2

/**
 * Muon: kernels of hidden layers go along the orthogonalised average of their gradients, velocity' = 0.95·velocity + g and
 * p' = (1 − rate·decay)·p − 0.2·√max(rows, columns)·rate·orth(g + 0.95·velocity'); all other parameters follow AdamW.
 * Source: Jordan et al., Muon, 2024; the scale from Liu et al., Muon is Scalable for LLM Training, 2025, eq. 4.
 */
const muon: Optimizer = {
  statesOf: (parameter) => (parameter.matrix ? ['velocity'] : adamw.statesOf(parameter)),
  scalars: (learningRate, step, weightDecay) => ({
    ...adamw.scalars(learningRate, step, weightDecay),
    turn_rate: -learningRate * MUON_SCALE,
  }),
  write(graph, sum, scalars, moved) {
    const { parameter, gradient, state, isDecaying, matrix } = moved
    if (!matrix) return adamw.write(graph, sum, scalars, moved)
    const { decay, turn_rate: rate } = scalars
    if (!state.velocity || !rate || !decay) throw new RangeError('muon lacks a state or a scalar')
    const momentum = graph.scalar(MUON_MOMENTUM)
    const velocity = sum(state.velocity, momentum, gradient)
    const direction = orthogonalize(graph, matrix.read(sum(velocity, momentum, gradient)))
    const length = multiply(graph, rate, graph.scalar(Math.sqrt(Math.max(matrix.rows, matrix.columns))))
    const step = matrix.write(multiply(graph, direction, length))
    return { parameter: isDecaying ? sum(parameter, decay, step) : add(graph, parameter, step), state: { velocity } }
  },
}

export const OPTIMIZERS = { adamw, sgd, muon } as const
export type OptimizerName = keyof typeof OPTIMIZERS
