import { concatenate } from '../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../graph/graph-builder.ts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { dimensionAt, imageShape } from '../graph/shape.ts'
import { NORM_EPSILON } from '../ops/batch-norm.ts'
import { outputSize, type Window } from '../ops/convolution.ts'
import { writeUpsampling } from '../ops/upsampling.ts'
import type { Finish, Layers } from './layers.ts'

/** Writes the forward part with its parameters in it; normalisation is folded into the convolution before it. */
export class InferenceLayers implements Layers {
  /** Which normalisation each convolution took in, by name. */
  readonly folded = new Map<string, string>()
  readonly #graph: GraphBuilder
  readonly #parameters: NamedTensors

  constructor(graph: GraphBuilder, parameters: NamedTensors) {
    this.#graph = graph
    this.#parameters = parameters
  }

  convolveAndNormalize(
    name: string,
    norm: string,
    x: Value,
    channels: number,
    window: Window,
    { add, isRectified }: Finish = {},
  ): Value {
    this.folded.set(name, norm)
    const weight = this.#get(`${name}.weight`)
    const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
      (part) => this.#get(`${norm}.${part}`).data,
    ) as [Float32Array, Float32Array, Float32Array, Float32Array]
    const factors = scale.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + NORM_EPSILON))
    const perChannel = weight.data.length / channels
    const folded = weight.data.map((value, index) => value * (factors[Math.floor(index / perChannel)] ?? 0))
    const bias = shift.map((value, channel) => value - (mean[channel] ?? 0) * (factors[channel] ?? 0))
    const y = this.#convolve(name, x, channels, window, { shape: weight.shape, data: folded }, bias)
    const total = add ? this.sum(y, add) : y
    return isRectified ? this.rectify(total) : total
  }

  convolve(name: string, x: Value, channels: number, window: Window): Value {
    const weight = this.#get(`${name}.weight`)
    const bias = this.#get(`${name}.bias`)
    return this.#convolve(name, x, channels, window, weight, bias.data)
  }

  rectify(x: Value): Value {
    return this.#graph.node('Relu', [x], x.shape)
  }

  sum(a: Value, b: Value): Value {
    return this.#graph.node('Add', [a, b], a.shape)
  }

  poolMaximum(x: Value, window: Window): Value {
    const { kernel, stride, padding } = window
    const [batch, channels, height, width] = imageShape(x.shape)
    const shape = [batch, channels, outputSize(height, window), outputSize(width, window)]
    return this.#graph.node('MaxPool', [x], shape, {
      attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: Array(4).fill(padding) },
    })
  }

  upsample(x: Value, factor: number): Value {
    return writeUpsampling(this.#graph, x, factor)
  }

  concatenate(values: Value[]): Value {
    return concatenate(this.#graph, values, 1)
  }

  poolAverage(x: Value): Value {
    return this.#graph.node('ReduceMean', [x, this.#graph.integers([2, 3])], x.shape.slice(0, 2), {
      attributes: { keepdims: 0 },
    })
  }

  project(name: string, x: Value, outputs: number): Value {
    const weight = this.#get(`${name}.weight`)
    const bias = this.#get(`${name}.bias`)
    return this.#graph.node(
      'Gemm',
      [
        x,
        this.#graph.floats(weight.shape, weight.data, `${name}.weight`),
        this.#graph.floats(bias.shape, bias.data, `${name}.bias`),
      ],
      [dimensionAt(x.shape, 0), outputs],
      { attributes: { transB: 1 } },
    )
  }

  #convolve(
    name: string,
    x: Value,
    channels: number,
    window: Window,
    weight: { shape: number[]; data: Float32Array },
    bias: Float32Array,
  ): Value {
    const { kernel, stride, padding } = window
    const [batch, , height, width] = imageShape(x.shape)
    return this.#graph.node(
      'Conv',
      [
        x,
        this.#graph.floats(weight.shape, weight.data, `${name}.weight`),
        this.#graph.floats([channels], bias, `${name}.bias`),
      ],
      [batch, channels, outputSize(height, window), outputSize(width, window)],
      { attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: Array(4).fill(padding) } },
    )
  }

  #get(name: string): { shape: number[]; data: Float32Array } {
    const tensor = this.#parameters.get(name)
    if (!tensor) throw new Error(`the network has no parameter "${name}"`)
    return tensor
  }
}
