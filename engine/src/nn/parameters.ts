import { add, multiply, reshape } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt, sameShape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'
import { type KernelLayout, keptShape } from '../ops/blocked/kernels.ts'
import { flatShape } from '../ops/blocked/scaled-sum.ts'
import type { Window } from '../ops/convolution.ts'

/** How a parameter starts: He's normal distribution for its fan-in, or a constant. */
export interface ParameterDeclaration {
  name: string
  shape: number[]
  start: { fanIn: number } | { value: number }
  /** Running statistics are carried along, not learnt. */
  trained: boolean
  /** Kernels that the step keeps in another order than row-major. */
  layout: KernelLayout | null
  /** The shape under which the step keeps its numbers. */
  kept: number[]
}

const STATISTICS_MOMENTUM = 0.1

/** Declares the parameters of a training graph as its inputs and collects the new running statistics. */
export class Parameters {
  readonly declarations: ParameterDeclaration[] = []
  /** As the step takes them in, under their kept shape. */
  readonly inputs = new Map<string, Value>()
  /** As the network uses them. */
  readonly values = new Map<string, Value>()
  readonly newStatistics = new Map<string, Value>()
  readonly #tape: Tape
  readonly #block: number

  constructor(tape: Tape, block: number) {
    this.#tape = tape
    this.#block = block
  }

  kernels(name: string, x: Value, channels: number, { kernel }: Window, layout?: (shape: number[]) => KernelLayout) {
    const inputs = dimensionAt(x.shape, 1)
    const shape = [channels, inputs, kernel, kernel]
    const start = { fanIn: inputs * kernel * kernel }
    return this.#declare({ name: `${name}.weight`, shape, start, trained: true, layout: layout?.(shape) ?? null })
  }

  vector(name: string, length: number, value: number): Value {
    return this.#declare({ name, shape: [length], start: { value }, trained: true, layout: null })
  }

  matrix(name: string, rows: number, columns: number, fanIn: number): Value {
    return this.#declare({ name, shape: [rows, columns], start: { fanIn }, trained: true, layout: null })
  }

  /** Follows the statistics of batches, of `count` values each, as those of all data: mean and unbiased variance. */
  followStatistics(norm: string, batch: { mean: Value; variance: Value; count: number }): void {
    this.#follow(`${norm}.running_mean`, 0, batch.mean, 1)
    this.#follow(`${norm}.running_var`, 1, batch.variance, batch.count / Math.max(1, batch.count - 1))
  }

  #follow(name: string, start: number, now: Value, factor: number): void {
    const { graph } = this.#tape
    const shape = [dimensionAt(now.shape, 0)]
    const old = this.#declare({ name, shape, start: { value: start }, trained: false, layout: null })
    const kept = multiply(graph, old, graph.scalar(1 - STATISTICS_MOMENTUM))
    this.newStatistics.set(name, add(graph, kept, multiply(graph, now, graph.scalar(STATISTICS_MOMENTUM * factor))))
  }

  #declare(declaration: Omit<ParameterDeclaration, 'kept'>): Value {
    const { name, trained, layout } = declaration
    const shape = layout ? keptShape(layout) : declaration.shape
    const kept = (trained && flatShape(shape, this.#block)) || shape
    this.declarations.push({ ...declaration, kept })
    const { graph } = this.#tape
    const input = graph.input(name, kept)
    const value = sameShape(kept, shape) ? input : reshape(graph, input, shape)
    this.inputs.set(name, input)
    this.values.set(name, value)
    if (trained) this.#tape.want(value)
    return value
  }
}
