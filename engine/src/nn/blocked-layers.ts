import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'
import { normalizeBlocked } from '../ops/blocked/batch-norm.ts'
import { convolveBlocked, isBlockedWindow } from '../ops/blocked/convolution.ts'
import { kernelLayout } from '../ops/blocked/kernels.ts'
import { toBlocked, toPlain } from '../ops/blocked/layout.ts'
import { isTiling, poolMaximumBlocked } from '../ops/blocked/pooling.ts'
import { poolAverageBlocked, upsampleBlocked } from '../ops/blocked/resizing.ts'
import type { Window } from '../ops/convolution.ts'
import type { Finish, Layers } from './layers.ts'
import type { Parameters } from './parameters.ts'
import { TrainingLayers } from './training-layers.ts'

/**
 * Carries out layers on a tape, in blocked memory wherever the channels fill blocks and in plain memory elsewhere. What a
 * convolution with bias, a projection and a mean give is plain.
 */
export class BlockedLayers implements Layers {
  readonly #tape: Tape
  readonly #parameters: Parameters
  readonly #block: number
  readonly #plain: TrainingLayers
  readonly #blocked = new Set<string>()

  constructor(tape: Tape, parameters: Parameters, block: number) {
    this.#tape = tape
    this.#parameters = parameters
    this.#block = block
    this.#plain = new TrainingLayers(tape, parameters)
  }

  convolveAndNormalize(
    name: string,
    norm: string,
    x: Value,
    channels: number,
    window: Window,
    { add, isRectified }: Finish = {},
  ) {
    const input = this.#inputFor(x, channels, window)
    if (!input) {
      const finish = { add: add && this.#asPlain(add), isRectified }
      return this.#plain.convolveAndNormalize(name, norm, this.#asPlain(x), channels, window, finish)
    }
    const layoutOf = (shape: number[]) => kernelLayout(shape, this.#block)
    const kept = this.#parameters.kernels(name, x, channels, window, layoutOf)
    const layout = layoutOf([channels, dimensionAt(x.shape, 1), window.kernel, window.kernel])
    const scale = this.#parameters.vector(`${norm}.weight`, channels, 1)
    const shift = this.#parameters.vector(`${norm}.bias`, channels, 0)
    const convolved = convolveBlocked(this.#tape, input, kept, layout, window)
    const finish = { add: add && this.#asBlocked(add), isRectified }
    const normal = normalizeBlocked(this.#tape, convolved, scale, shift, finish)
    this.#parameters.followStatistics(norm, normal)
    return this.#note(normal.y)
  }

  convolve(name: string, x: Value, channels: number, window: Window) {
    return this.#plain.convolve(name, this.#asPlain(x), channels, window)
  }

  rectify(x: Value) {
    const y = this.#plain.rectify(x)
    return this.#isBlocked(x) ? this.#note(y) : y
  }

  sum(a: Value, b: Value) {
    if (!this.#isBlocked(a) && !this.#isBlocked(b)) return this.#plain.sum(a, b)
    return this.#note(this.#plain.sum(this.#asBlocked(a), this.#asBlocked(b)))
  }

  poolMaximum(x: Value, window: Window) {
    if (!this.#isBlocked(x) || !isTiling(x, window)) return this.#plain.poolMaximum(this.#asPlain(x), window)
    return this.#note(poolMaximumBlocked(this.#tape, x, window.kernel, this.#block))
  }

  upsample(x: Value, factor: number) {
    if (!this.#isBlocked(x)) return this.#plain.upsample(x, factor)
    return this.#note(upsampleBlocked(this.#tape, x, factor, this.#block))
  }

  concatenate(values: Value[]) {
    if (!values.every((value) => this.#fills(dimensionAt(value.shape, 1)))) {
      return this.#plain.concatenate(values.map((value) => this.#asPlain(value)))
    }
    return this.#note(this.#plain.concatenate(values.map((value) => this.#asBlocked(value))))
  }

  poolAverage(x: Value) {
    return this.#isBlocked(x) ? poolAverageBlocked(this.#tape, x, this.#block) : this.#plain.poolAverage(x)
  }

  project(name: string, x: Value, outputs: number) {
    return this.#plain.project(name, x, outputs)
  }

  /** `x` as a blocked convolution takes it: blocked, or plain with a few channels and no gradient; null: it cannot. */
  #inputFor(x: Value, channels: number, window: Window): Value | null {
    const inputs = dimensionAt(x.shape, 1)
    if (!this.#fills(channels)) return null
    if (this.#fills(inputs)) return isBlockedWindow(window) ? this.#asBlocked(x) : null
    return inputs < this.#block && !this.#tape.isWanted(x) ? x : null
  }

  #fills(channels: number): boolean {
    return channels % this.#block === 0
  }

  #isBlocked(x: Value): boolean {
    return this.#blocked.has(x.name)
  }

  #asBlocked(x: Value): Value {
    return this.#isBlocked(x) ? x : this.#note(toBlocked(this.#tape, x))
  }

  #asPlain(x: Value): Value {
    return this.#isBlocked(x) ? toPlain(this.#tape, x) : x
  }

  #note(value: Value): Value {
    this.#blocked.add(value.name)
    return value
  }
}
