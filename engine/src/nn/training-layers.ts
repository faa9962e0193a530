import { add, multiply } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'
import { rectify, sum } from '../ops/activation.ts'
import { normalizeBatch } from '../ops/batch-norm.ts'
import { concatenateChannels } from '../ops/concatenation.ts'
import { addBias, convolve, type Window } from '../ops/convolution.ts'
import { project } from '../ops/linear.ts'
import { poolAverage, poolMaximum } from '../ops/pooling.ts'
import { upsample } from '../ops/upsampling.ts'
import type { Layers } from './layers.ts'

/** How a parameter starts: He's normal distribution for its fan-in, or a constant. */
export interface ParameterDeclaration {
  name: string
  shape: number[]
  start: { fanIn: number } | { value: number }
  /** Running statistics are carried along, not learnt. */
  trained: boolean
}

const STATISTICS_MOMENTUM = 0.1

/** Carries out layers on a tape, declares parameters as graph inputs and collects the new running statistics. */
export class TrainingLayers implements Layers {
  readonly declarations: ParameterDeclaration[] = []
  readonly values = new Map<string, Value>()
  readonly newStatistics = new Map<string, Value>()
  readonly #tape: Tape

  constructor(tape: Tape) {
    this.#tape = tape
  }

  convolveAndNormalize(name: string, norm: string, x: Value, channels: number, window: Window) {
    const weight = this.#declareKernels(name, x, channels, window)
    const scale = this.#declare(`${norm}.weight`, [channels], { value: 1 })
    const shift = this.#declare(`${norm}.bias`, [channels], { value: 0 })
    const result = normalizeBatch(this.#tape, convolve(this.#tape, x, weight, window), scale, shift)
    const unbiased = result.count / Math.max(1, result.count - 1)
    this.#follow(`${norm}.running_mean`, channels, 0, result.mean, 1)
    this.#follow(`${norm}.running_var`, channels, 1, result.variance, unbiased)
    return result.y
  }

  convolve(name: string, x: Value, channels: number, window: Window) {
    const y = convolve(this.#tape, x, this.#declareKernels(name, x, channels, window), window)
    return addBias(this.#tape, y, this.#declare(`${name}.bias`, [channels], { value: 0 }))
  }

  rectify(x: Value) {
    return rectify(this.#tape, x)
  }

  sum(a: Value, b: Value) {
    return sum(this.#tape, a, b)
  }

  poolMaximum(x: Value, window: Window) {
    return poolMaximum(this.#tape, x, window)
  }

  upsample(x: Value, factor: number) {
    return upsample(this.#tape, x, factor)
  }

  concatenate(values: Value[]) {
    return concatenateChannels(this.#tape, values)
  }

  poolAverage(x: Value) {
    return poolAverage(this.#tape, x)
  }

  project(name: string, x: Value, outputs: number) {
    const inputs = dimensionAt(x.shape, 1)
    const weight = this.#declare(`${name}.weight`, [outputs, inputs], { fanIn: 4 * inputs })
    const bias = this.#declare(`${name}.bias`, [outputs], { value: 0 })
    return project(this.#tape, x, weight, bias)
  }

  #declareKernels(name: string, x: Value, channels: number, { kernel }: Window): Value {
    const inputs = dimensionAt(x.shape, 1)
    return this.#declare(`${name}.weight`, [channels, inputs, kernel, kernel], { fanIn: inputs * kernel * kernel })
  }

  #declare(name: string, shape: number[], start: ParameterDeclaration['start'], trained = true): Value {
    this.declarations.push({ name, shape, start, trained })
    const value = this.#tape.graph.input(name, shape)
    this.values.set(name, value)
    if (trained) this.#tape.want(value)
    return value
  }

  #follow(name: string, channels: number, start: number, now: Value, factor: number): void {
    const { graph } = this.#tape
    const old = this.#declare(name, [channels], { value: start }, false)
    const kept = multiply(graph, old, graph.scalar(1 - STATISTICS_MOMENTUM))
    this.newStatistics.set(name, add(graph, kept, multiply(graph, now, graph.scalar(STATISTICS_MOMENTUM * factor))))
  }
}
