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
import type { Finish, Layers } from './layers.ts'
import type { Parameters } from './parameters.ts'

/** Carries out layers on a tape in plain memory, with standard operators only. */
export class TrainingLayers implements Layers {
  readonly #tape: Tape
  readonly #parameters: Parameters

  constructor(tape: Tape, parameters: Parameters) {
    this.#tape = tape
    this.#parameters = parameters
  }

  convolveAndNormalize(
    name: string,
    norm: string,
    x: Value,
    channels: number,
    window: Window,
    { add, isRectified }: Finish = {},
  ) {
    const weight = this.#parameters.kernels(name, x, channels, window)
    const scale = this.#parameters.vector(`${norm}.weight`, channels, 1)
    const shift = this.#parameters.vector(`${norm}.bias`, channels, 0)
    const normal = normalizeBatch(this.#tape, convolve(this.#tape, x, weight, window), scale, shift)
    this.#parameters.followStatistics(norm, normal)
    const total = add ? sum(this.#tape, normal.y, add) : normal.y
    return isRectified ? rectify(this.#tape, total) : total
  }

  convolve(name: string, x: Value, channels: number, window: Window) {
    const y = convolve(this.#tape, x, this.#parameters.kernels(name, x, channels, window), window)
    return addBias(this.#tape, y, this.#parameters.vector(`${name}.bias`, channels, 0))
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
    const weight = this.#parameters.matrix(`${name}.weight`, outputs, inputs, 4 * inputs)
    return project(this.#tape, x, weight, this.#parameters.vector(`${name}.bias`, outputs, 0))
  }
}
