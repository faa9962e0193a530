import { add, concatenate, matrixProduct, pad, reduce, reshape, slice, transpose } from '../graph/arithmetic.ts'
import type { Value } from '../graph/graph-builder.ts'
import { dimensionAt, imageShape } from '../graph/shape.ts'
import type { Tape } from '../graph/tape.ts'

export interface Window {
  kernel: number
  stride: number
  padding: number
}

export function outputSize(size: number, { kernel, stride, padding }: Window): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1
}

/**
 * 2-D cross-correlation without bias. `x` [batch, in, height, width], `weight` [out, in, kernel, kernel].
 * Gradients: dx is the correlation of dy with the kernels turned by 180° and in/out swapped (stride 1), or the
 * transposed convolution; dW[o,c,i,j] = Σ dy[·,o,·,·] · x[·,c, s·row+i−p, s·col+j−p] as one matrix product over all
 * places (im2col). Source: Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, §4.
 */
export function convolve(tape: Tape, x: Value, weight: Value, window: Window): Value {
  const { graph } = tape
  const [batch, , height, width] = imageShape(x.shape)
  const { kernel, stride, padding } = window
  const shape = [batch, dimensionAt(weight.shape, 0), outputSize(height, window), outputSize(width, window)]
  const y = graph.node('Conv', [x, weight], shape, {
    attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: Array(4).fill(padding) },
  })
  return tape.record(y, [
    { input: x, share: (dy) => inputGradient(tape, dy, x, weight, window) },
    { input: weight, share: (dy) => weightGradient(tape, dy, x, weight, window) },
  ])
}

/** Adds `bias` [channels] at every place of `x` [batch, channels, height, width]. dbias = Σ dy. */
export function addBias(tape: Tape, x: Value, bias: Value): Value {
  const { graph } = tape
  return tape.record(add(graph, x, reshape(graph, bias, [1, dimensionAt(bias.shape, 0), 1, 1])), [
    { input: x, share: (dy) => dy },
    { input: bias, share: (dy) => reduce(graph, 'ReduceSum', dy, [0, 2, 3], false) },
  ])
}

function inputGradient({ graph }: Tape, dy: Value, x: Value, weight: Value, window: Window): Value {
  const { kernel, stride, padding } = window
  if (stride === 1) {
    const turned = turnKernels(graph, weight, kernel)
    return graph.node('Conv', [dy, turned], x.shape, {
      attributes: { kernel_shape: [kernel, kernel], pads: Array(4).fill(kernel - 1 - padding) },
    })
  }
  const [, , height, width] = imageShape(x.shape)
  const rest = [height, width].map((size) => size - ((outputSize(size, window) - 1) * stride + kernel - 2 * padding))
  return graph.node('ConvTranspose', [dy, weight], x.shape, {
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: Array(4).fill(padding),
      output_padding: rest,
    },
  })
}

/** Kernels turned by 180° with in and out swapped. The turn is a product with a permutation matrix: faster than Gather. */
function turnKernels(graph: Tape['graph'], weight: Value, kernel: number): Value {
  const [out, inputs] = imageShape(weight.shape)
  const swapped = transpose(graph, weight, [1, 0, 2, 3])
  if (kernel === 1) return swapped
  const taps = kernel * kernel
  const turn = Float32Array.from({ length: taps * taps }, (_, i) =>
    Number(Math.floor(i / taps) + (i % taps) === taps - 1),
  )
  const rows = reshape(graph, swapped, [inputs * out, taps])
  return reshape(graph, matrixProduct(graph, rows, graph.floats([taps, taps], turn)), [inputs, out, kernel, kernel])
}

function weightGradient({ graph }: Tape, dy: Value, x: Value, weight: Value, window: Window): Value {
  const { kernel, stride, padding } = window
  const [batch, out, rows, columns] = imageShape(dy.shape)
  const [, inputs, ,] = imageShape(x.shape)
  const places = batch * rows * columns
  const channelFirst = transpose(graph, x, [1, 0, 2, 3])
  const padded = pad(graph, channelFirst, [0, 0, padding, padding], [0, 0, padding, padding])
  const taps: Value[] = []
  for (let i = 0; i < kernel; i++) {
    for (let j = 0; j < kernel; j++) {
      const band = slice(graph, padded, 2, i, i + (rows - 1) * stride + 1, stride)
      taps.push(slice(graph, band, 3, j, j + (columns - 1) * stride + 1, stride))
    }
  }
  const patches = reshape(graph, concatenate(graph, taps, 0), [kernel * kernel * inputs, places])
  const errors = reshape(graph, transpose(graph, dy, [1, 0, 2, 3]), [out, places])
  const product = matrixProduct(graph, errors, patches, { transposeB: true })
  const byTap = transpose(graph, reshape(graph, product, [out, kernel * kernel, inputs]), [0, 2, 1])
  return reshape(graph, byTap, weight.shape)
}
