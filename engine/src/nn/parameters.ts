import { add, concatenate, multiply, reshape, slice } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt, type Shape, sameShape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'
import { type KernelLayout, keptShape } from '../ops/blocked/kernels.ts'
import { flatShape } from '../ops/blocked/scaled-sum.ts'
import type { Window } from '../ops/convolution.ts'

/** How a parameter starts: He's normal distribution for its fan-in, or a constant. */
export interface ParameterDeclaration {
  name: string
  shape: number[]
  start: { fanIn: number } | { value: number }
  /** Where the step keeps its numbers: in an array of this name, from this place on. */
  array: string
  offset: number
  /** Kernels that are kept in another order than row-major. */
  layout: KernelLayout | null
}

/** An array that the step takes in and gives back changed. */
export interface KeptArray {
  input: Value
  /** Its gradient, from those of the parameters in it; null: it follows `next` instead. */
  gradient: ((gradients: ReadonlyMap<string, Value>) => Value) | null
  next: Value | null
  isDecaying: boolean
}

const STATISTICS_MOMENTUM = 0.1
const VECTORS = 'vectors'
const STATISTICS = 'statistics'

/**
 * Declares the parameters of a training graph. Each kernel and matrix is an array of its own; all vectors share one, and
 * so do the running statistics: hundreds of tiny arrays would cost more to hand over than to compute with.
 */
export class Parameters {
  readonly declarations: ParameterDeclaration[] = []
  readonly #tape: Tape
  readonly #block: number
  readonly #arrays: KeptArray[] = []
  readonly #vectors: Value[] = []
  readonly #statistics: Value[] = []
  #vectorLength = 0
  #statisticLength = 0

  constructor(tape: Tape, block: number) {
    this.#tape = tape
    this.#block = block
  }

  kernels(name: string, x: Value, channels: number, { kernel }: Window, layout?: (shape: number[]) => KernelLayout) {
    const inputs = dimensionAt(x.shape, 1)
    const shape = [channels, inputs, kernel, kernel]
    return this.#ownArray(`${name}.weight`, shape, inputs * kernel * kernel, layout?.(shape) ?? null)
  }

  matrix(name: string, rows: number, columns: number, fanIn: number): Value {
    return this.#ownArray(name, [rows, columns], fanIn, null)
  }

  vector(name: string, length: number, value: number): Value {
    const offset = this.#vectorLength
    this.#vectorLength += length
    this.declarations.push({ name, shape: [length], start: { value }, array: VECTORS, offset, layout: null })
    // The whole length is known at the end only; a slice needs none but its own.
    const whole = { name: VECTORS, shape: [this.#vectorLength + 1] }
    const vector = slice(this.#tape.graph, whole, 0, offset, offset + length)
    this.#tape.want(vector)
    this.#vectors.push(vector)
    return vector
  }

  /** Follows the statistics of batches, of `count` values each, as those of all data: mean and unbiased variance. */
  followStatistics(norm: string, { mean, variance, count }: { mean: Value; variance: Value; count: number }): void {
    const { graph } = this.#tape
    this.#follow(`${norm}.running_mean`, 0, mean)
    this.#follow(`${norm}.running_var`, 1, multiply(graph, variance, graph.scalar(count / Math.max(1, count - 1))))
  }

  /** Ends the declarations; every array the step keeps. */
  finish(): KeptArray[] {
    const { graph } = this.#tape
    if (this.#vectors.length > 0) {
      const vectors = this.#vectors
      this.#arrays.push({
        input: graph.input(VECTORS, [this.#vectorLength]),
        gradient: (gradients) =>
          concatenate(
            graph,
            vectors.map((vector) => found(gradients, vector)),
            0,
          ),
        next: null,
        isDecaying: false,
      })
    }
    if (this.#statistics.length > 0) {
      const input = graph.input(STATISTICS, [this.#statisticLength])
      const kept = multiply(graph, input, graph.scalar(1 - STATISTICS_MOMENTUM))
      const now = multiply(graph, concatenate(graph, this.#statistics, 0), graph.scalar(STATISTICS_MOMENTUM))
      this.#arrays.push({ input, gradient: null, next: add(graph, kept, now), isDecaying: false })
    }
    return this.#arrays
  }

  #follow(name: string, value: number, now: Value): void {
    const shape = [dimensionAt(now.shape, 0)]
    const offset = this.#statisticLength
    this.declarations.push({ name, shape, start: { value }, array: STATISTICS, offset, layout: null })
    this.#statisticLength += dimensionAt(shape, 0)
    this.#statistics.push(now)
  }

  #ownArray(name: string, plainShape: number[], fanIn: number, layout: KernelLayout | null): Value {
    const { graph } = this.#tape
    const shape: Shape = layout ? keptShape(layout) : plainShape
    const kept = flatShape(shape, this.#block) ?? shape
    this.declarations.push({ name, shape: plainShape, start: { fanIn }, array: name, offset: 0, layout })
    const input = graph.input(name, kept)
    const value = sameShape(kept, shape) ? input : reshape(graph, input, shape)
    this.#tape.want(value)
    const gradient = (gradients: ReadonlyMap<string, Value>) => reshape(graph, found(gradients, value), kept)
    this.#arrays.push({ input, gradient, next: null, isDecaying: true })
    return value
  }
}

function found(gradients: ReadonlyMap<string, Value>, value: Value): Value {
  const gradient = gradients.get(value.name)
  if (!gradient) throw new Error(`no gradient reaches a parameter of shape [${value.shape.join(', ')}]`)
  return gradient
}
