import { add, divide, multiply, squareRoot, subtract } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import type { SessionOptions } from './training-session.ts'

/** Numbers that change from step to step, as inputs of the graph. */
export interface StepScalars {
  learningRate: Value
  /** 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ) */
  firstCorrection: Value
  secondCorrection: Value
}

export const BETA1 = 0.9
export const BETA2 = 0.999
const EPSILON = 1e-8

export interface Update {
  parameter: Value
  /** New optimizer state by suffix. */
  state: Map<string, Value>
}

export const STATE_SUFFIXES: Record<SessionOptions['optimizer'], readonly string[]> = {
  adamw: ['first', 'second'],
  sgd: ['velocity'],
}

/**
 * One step of AdamW (Loshchilov and Hutter, 2019, algorithm 2) or of SGD with momentum 0.9. Weight decay acts on
 * matrices and kernels only, not on biases and scales.
 */
export function writeUpdate(
  graph: GraphBuilder,
  kind: SessionOptions['optimizer'],
  weightDecay: number,
  scalars: StepScalars,
  { parameter, gradient, state }: { parameter: Value; gradient: Value; state: (suffix: string) => Value },
): Update {
  const times = (value: Value, factor: number) => multiply(graph, value, graph.scalar(factor))
  const decay = parameter.shape.length > 1 ? weightDecay : 0
  if (kind === 'sgd') {
    const pull = decay > 0 ? add(graph, gradient, times(parameter, decay)) : gradient
    const velocity = add(graph, times(state('velocity'), 0.9), pull)
    const moved = subtract(graph, parameter, multiply(graph, velocity, scalars.learningRate))
    return { parameter: moved, state: new Map([['velocity', velocity]]) }
  }
  const first = add(graph, times(state('first'), BETA1), times(gradient, 1 - BETA1))
  const second = add(graph, times(state('second'), BETA2), times(multiply(graph, gradient, gradient), 1 - BETA2))
  const spread = add(graph, squareRoot(graph, multiply(graph, second, scalars.secondCorrection)), graph.scalar(EPSILON))
  const direction = divide(graph, multiply(graph, first, scalars.firstCorrection), spread)
  const pull = decay > 0 ? add(graph, direction, times(parameter, decay)) : direction
  const moved = subtract(graph, parameter, multiply(graph, pull, scalars.learningRate))
  return {
    parameter: moved,
    state: new Map([
      ['first', first],
      ['second', second],
    ]),
  }
}
