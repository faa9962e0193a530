import { add, concatenate, multiply, reshape, slice } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import { dimensionAt, type Shape, sameShape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'
import { type KernelLayout, keptFromRows, keptShape, kernelRows } from '../ops/blocked/kernels.ts'
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
  /** Null: no kernels between hidden layers. */
  matrix: MatrixView | null
}

/** Hidden kernels as a matrix, one row for each output channel; the order of the columns is no matter. */
export interface MatrixView {
  rows: number
  columns: number
  read(kept: Value): Value
  /** Back into the array's own shape. */
  write(matrix: Value): Value
}

/** Kernels from or to fewer channels than this are those of the first or the last layer. */
const FEWEST_HIDDEN = 8

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
    const isHidden = Math.min(channels, inputs) >= FEWEST_HIDDEN
    return this.#ownArray(`${name}.weight`, shape, inputs * kernel * kernel, {
      layout: layout?.(shape) ?? null,
      isHidden,
    })
  }

  matrix(name: string, rows: number, columns: number, fanIn: number): Value {
    return this.#ownArray(name, [rows, columns], fanIn, { layout: null, isHidden: false })
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
        matrix: null,
      })
    }
    if (this.#statistics.length > 0) {
      const input = graph.input(STATISTICS, [this.#statisticLength])
      const kept = multiply(graph, input, graph.scalar(1 - STATISTICS_MOMENTUM))
      const now = multiply(graph, concatenate(graph, this.#statistics, 0), graph.scalar(STATISTICS_MOMENTUM))
      this.#arrays.push({ input, gradient: null, next: add(graph, kept, now), isDecaying: false, matrix: null })
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

  #ownArray(
    name: string,
    plainShape: number[],
    fanIn: number,
    { layout, isHidden }: { layout: KernelLayout | null; isHidden: boolean },
  ): Value {
    const { graph } = this.#tape
    const shape: Shape = layout ? keptShape(layout) : plainShape
    const kept = flatShape(shape, this.#block) ?? shape
    this.declarations.push({ name, shape: plainShape, start: { fanIn }, array: name, offset: 0, layout })
    const input = graph.input(name, kept)
    const value = sameShape(kept, shape) ? input : reshape(graph, input, shape)
    this.#tape.want(value)
    const gradient = (gradients: ReadonlyMap<string, Value>) => reshape(graph, found(gradients, value), kept)
    this.#arrays.push({
      input,
      gradient,
      next: null,
      isDecaying: true,
      matrix: isHidden ? matrixView(graph, input, plainShape, layout) : null,
    })
    return value
  }
}

function matrixView(
  graph: GraphBuilder,
  kept: Value,
  [out = 0, inputs = 0, height = 1, width = 1]: number[],
  layout: KernelLayout | null,
): MatrixView {
  const size = { rows: out, columns: inputs * height * width }
  if (layout) {
    return {
      ...size,
      read: (value) => kernelRows(graph, value, layout),
      write: (matrix) => keptFromRows(graph, matrix, layout, kept.shape),
    }
  }
  return {
    ...size,
    read: (value) => reshape(graph, value, [size.rows, size.columns]),
    write: (matrix) => reshape(graph, matrix, kept.shape),
  }
}

function found(gradients: ReadonlyMap<string, Value>, value: Value): Value {
  const gradient = gradients.get(value.name)
  if (!gradient) throw new Error(`no gradient reaches a parameter of shape [${value.shape.join(', ')}]`)
  return gradient
}
