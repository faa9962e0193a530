import { concatenate, matrixProduct, pad, reshape, slice, transpose } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { imageShape } from '../../graph/shape.ts'
import { outputSize, type Window } from '../convolution.ts'
import type { KernelLayout } from './kernels.ts'
import { blockChannels, blockedNode, unblockLast } from './layout.ts'

/** Maps of so few rows are faster as one matrix product over all places: there is little to copy. */
const FEWEST_ROWS = 5

/**
 * dW[o,c,i,j] = Σ dy[n,o,r,s] · x[n,c,stride·r+i−p,stride·s+j−p], in the order kernels are kept. A convolution with the
 * images as channels and dy as kernels where the batch fills blocks; else one matrix product over patches.
 */
export function blockedWeightGradient(
  graph: GraphBuilder,
  dy: Value,
  x: Value,
  layout: KernelLayout,
  window: Window,
): Value {
  const [batch, , rows] = imageShape(dy.shape)
  if (window.kernel === 1) return patchGradient(graph, dy, x, layout, window)
  const strips = countStrips(batch, rows, layout.block)
  const isPlain = layout.inner === 1
  if (strips !== null && (isPlain || rows >= FEWEST_ROWS)) return errorAsKernels(graph, dy, x, layout, window, strips)
  return isPlain ? plainPatchGradient(graph, dy, x, layout, window) : patchGradient(graph, dy, x, layout, window)
}

/** Into how many strips of rows each image is cut, so that strips fill blocks; null when it cannot be. */
function countStrips(batch: number, rows: number, block: number): number | null {
  for (let strips = 1; strips <= block; strips *= 2) {
    if ((batch * strips) % block === 0) return rows % strips === 0 ? strips : null
  }
  return null
}

/**
 * Images (or strips of them) take the place of channels: out[c, o, i, j] = Σ_n Σ_rs x[c, n, r·stride+i, s·stride+j] ·
 * dy[o, n, r, s] is a convolution of padded x with dy as its kernels, dilated by the stride. Blocked columns are read as
 * one line of width × block, so that neighbouring outputs are neighbouring channels and fill vector registers.
 */
function errorAsKernels(
  graph: GraphBuilder,
  dy: Value,
  x: Value,
  { out, inputs, inner, block, taps }: KernelLayout,
  window: Window,
  strips: number,
): Value {
  const { kernel, stride, padding } = window
  const [batch, , rows, columns] = imageShape(dy.shape)
  const [, , height, width] = imageShape(x.shape)
  const parts = batch * strips
  const groups = parts / block
  const stripRows = rows / strips
  const reach = (size: number) => (size - 1) * stride + kernel

  const planes = inputs / inner
  const after = [rows, columns].map((size, axis) => reach(size) - padding - (axis === 0 ? height : width))
  const framed = pad(
    graph,
    reshape(graph, x, [batch * planes, height, width, inner]),
    [0, padding, padding, 0],
    [0, after[0] ?? 0, after[1] ?? 0, 0],
  )
  const line = reach(columns) * inner
  const tall = reshape(graph, framed, [batch * planes, reach(rows), line])
  const stripHeight = reach(stripRows)
  const cut = Array.from({ length: strips }, (_, strip) =>
    slice(graph, tall, 1, strip * stripRows * stride, strip * stripRows * stride + stripHeight),
  )
  const places = planes * stripHeight * line
  const images = blockChannels(
    graph,
    concatenate(graph, cut, 0),
    [1, parts, places],
    [groups, planes, stripHeight * line * block],
  )

  const errorPlaces = (out / block) * stripRows * columns
  const byStrip = reshape(graph, dy, [batch, out / block, strips, stripRows * columns * block])
  const errors = strips === 1 ? byStrip : transpose(graph, byStrip, [2, 0, 1, 3])
  const kernels = unblockLast(
    graph,
    errors,
    [groups, block * block, errorPlaces],
    [groups, out / block, stripRows * columns * block * block],
  )

  const side = [kernel, kernel * inner] as const
  const gradient = blockedNode(
    graph,
    'Conv',
    [
      reshape(graph, swapOuter(graph, images, [1, 0, 2]), [planes, parts, stripHeight, line]),
      reshape(graph, swapOuter(graph, kernels, [1, 0, 2]), [out, parts, stripRows, columns]),
    ],
    [planes, out, ...side],
    { kernel_shape: [stripRows, columns], dilations: [stride, stride * inner] },
  )
  const byInput = reshape(graph, gradient, [planes, out / block, taps, inner * block])
  return swapOuter(graph, byInput, [1, 0, 2, 3])
}

/** dW as one matrix product patchesᵀ·dy over all places, channels last. `x` blocked. */
function patchGradient(
  graph: GraphBuilder,
  dy: Value,
  x: Value,
  { out, inputs, taps, block }: KernelLayout,
  { kernel, stride, padding }: Window,
): Value {
  const [batch, , rows, columns] = imageShape(dy.shape)
  const [, , height, width] = imageShape(x.shape)
  const places = batch * rows * columns
  const errors = unblockLast(graph, dy, [batch, out, rows * columns], [places, out])
  const flat = unblockLast(graph, x, [batch, inputs, height * width], [batch, height, width, inputs])
  const framed = pad(graph, flat, [0, padding, padding, 0], [0, padding, padding, 0])
  const shifted: Value[] = []
  for (let i = 0; i < kernel; i++) {
    for (let j = 0; j < kernel; j++) {
      const band = slice(graph, framed, 1, i, i + (rows - 1) * stride + 1, stride)
      const tap = slice(graph, band, 2, j, j + (columns - 1) * stride + 1, stride)
      shifted.push(reshape(graph, tap, [places * (inputs / block), 1, block]))
    }
  }
  const columnCount = taps * inputs
  const patches = reshape(graph, concatenate(graph, shifted, 1), [places, columnCount])
  const product = matrixProduct(graph, errors, patches, { transposeA: true })
  return blockChannels(graph, product, [1, out, columnCount], [out / block, inputs / block, taps, block * block])
}

/** The same for a plain `x` of a few channels. */
function plainPatchGradient(
  graph: GraphBuilder,
  dy: Value,
  x: Value,
  { out, inputs, taps, block }: KernelLayout,
  window: Window,
): Value {
  const { kernel, stride, padding } = window
  const [batch, , height, width] = imageShape(x.shape)
  const rows = outputSize(height, window)
  const columns = outputSize(width, window)
  const places = batch * rows * columns
  const errors = unblockLast(graph, dy, [batch, out, rows * columns], [places, out])
  const framed = pad(graph, transpose(graph, x, [1, 0, 2, 3]), [0, 0, padding, padding], [0, 0, padding, padding])
  const shifted: Value[] = []
  for (let i = 0; i < kernel; i++) {
    for (let j = 0; j < kernel; j++) {
      const band = slice(graph, framed, 2, i, i + (rows - 1) * stride + 1, stride)
      const tap = slice(graph, band, 3, j, j + (columns - 1) * stride + 1, stride)
      shifted.push(reshape(graph, tap, [inputs, 1, places]))
    }
  }
  const patches = reshape(graph, concatenate(graph, shifted, 1), [inputs * taps, places])
  const product = matrixProduct(graph, errors, patches, { transposeA: true, transposeB: true })
  return blockChannels(graph, product, [1, out, inputs * taps], [out / block, inputs, taps, block])
}

/** A transposition that costs nothing where an outer axis has one entry. */
function swapOuter(graph: GraphBuilder, value: Value, order: readonly number[]): Value {
  const [first, second] = value.shape
  const shape = order.map((axis) => value.shape[axis] ?? 1)
  return first === 1 || second === 1 ? reshape(graph, value, shape) : transpose(graph, value, order)
}
