import { concatenate, pad, reshape, slice } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { imageShape } from '../../graph/shape.ts'
import type { Tape } from '../../graph/tape.ts'
import { outputSize, type Window } from '../convolution.ts'
import { type KernelLayout, swappedKernels } from './kernels.ts'
import { blockedNode } from './layout.ts'
import { blockedWeightGradient } from './weight-gradient.ts'

/** Whether the error of such a convolution can be sent back in blocked memory. */
export function isBlockedWindow({ kernel, stride, padding }: Window): boolean {
  const isSame = stride === 1 && kernel % 2 === 1 && padding === (kernel - 1) / 2
  return isSame || (kernel === 3 && stride === 2 && padding === 1) || (kernel === 1 && padding === 0)
}

/**
 * 2-D cross-correlation without bias in blocked memory. `x` [batch, in, height, width], blocked, or plain when it has
 * fewer channels than a block; `kept` kernels as `KernelLayout` says. Returns blocked [batch, out, rows, columns].
 */
export function convolveBlocked(tape: Tape, x: Value, kept: Value, layout: KernelLayout, window: Window): Value {
  const { graph } = tape
  if (window.kernel === 1 && window.stride > 1) {
    const sparse = takeEvery(tape, x, window.stride, layout.block)
    return convolveBlocked(tape, sparse, kept, layout, { ...window, stride: 1 })
  }
  const [batch, inputs, height, width] = imageShape(x.shape)
  const { kernel, stride, padding } = window
  const { out } = layout
  const y = blockedNode(
    graph,
    'Conv',
    [x, reshape(graph, kept, [out, inputs, kernel, kernel])],
    [batch, out, outputSize(height, window), outputSize(width, window)],
    { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: Array(4).fill(padding) },
  )
  return tape.record(y, [
    { input: x, share: (dy) => inputGradient(graph, dy, kept, layout, x.shape, window) },
    { input: kept, share: (dy) => blockedWeightGradient(graph, dy, x, layout, window) },
  ])
}

function inputGradient(
  graph: GraphBuilder,
  dy: Value,
  kept: Value,
  layout: KernelLayout,
  shape: readonly number[],
  { kernel, stride, padding }: Window,
): Value {
  const { inputs, out, taps } = layout
  if (stride === 1) {
    const turned = swappedKernels(
      graph,
      kept,
      layout,
      Array.from({ length: taps }, (_, tap) => taps - 1 - tap),
    )
    return blockedNode(graph, 'Conv', [dy, reshape(graph, turned, [inputs, out, kernel, kernel])], shape, {
      kernel_shape: [kernel, kernel],
      pads: Array(4).fill(kernel - 1 - padding),
    })
  }
  return phasedInputGradient(graph, dy, kept, layout, shape)
}

/** The taps of a 3×3 kernel, padded by 1, that reach the even (0) or odd (1) rows of a stride-2 input. */
const PHASE_TAPS = [[1], [2, 0]] as const

/**
 * The gradient of a 3×3 convolution of stride 2 and padding 1: even and odd rows and columns of dx are four small
 * convolutions of dy, 9 taps in all, woven together. No tap is multiplied with an inserted zero.
 */
function phasedInputGradient(
  graph: GraphBuilder,
  dy: Value,
  kept: Value,
  layout: KernelLayout,
  shape: readonly number[],
): Value {
  const { inputs, out, block } = layout
  const [batch, , rows, columns] = imageShape(dy.shape)
  const [, , height, width] = imageShape(shape)
  const phase = (row: 0 | 1, column: 0 | 1): Value => {
    const taps = PHASE_TAPS[row].flatMap((i) => PHASE_TAPS[column].map((j) => 3 * i + j))
    const kernels = reshape(graph, swappedKernels(graph, kept, layout, taps), [inputs, out, row + 1, column + 1])
    return blockedNode(graph, 'Conv', [dy, kernels], [batch, inputs, rows, columns], {
      kernel_shape: [row + 1, column + 1],
      pads: [0, 0, row, column],
    })
  }
  const lines = batch * (inputs / block) * rows
  const weave = (row: 0 | 1): Value => {
    const halves = [phase(row, 0), phase(row, 1)].map((part) => reshape(graph, part, [lines, columns, block]))
    return reshape(graph, concatenate(graph, halves, 2), [lines, 2 * columns * block])
  }
  const woven = reshape(graph, concatenate(graph, [weave(0), weave(1)], 1), [
    batch * (inputs / block),
    2 * rows,
    2 * columns,
    block,
  ])
  return reshape(graph, slice(graph, slice(graph, woven, 1, 0, height), 2, 0, width), shape)
}

/** Every `step`-th row and column of blocked memory; dx is dy at those places and 0 between them. */
function takeEvery(tape: Tape, x: Value, step: number, block: number): Value {
  const { graph } = tape
  const [batch, channels, height, width] = imageShape(x.shape)
  const planes = (batch * channels) / block
  const rows = Math.ceil(height / step)
  const columns = Math.ceil(width / step)
  const grid = reshape(graph, x, [planes, height, width, block])
  const taken = slice(graph, slice(graph, grid, 1, 0, height, step), 2, 0, width, step)
  return tape.record(reshape(graph, taken, [batch, channels, rows, columns]), [
    {
      input: x,
      share: (dy) => {
        const cells = reshape(graph, dy, [planes * rows, columns, block])
        const line = columns * step * block
        const lines = reshape(graph, pad(graph, cells, [0, 0, 0], [0, 0, (step - 1) * block]), [planes, rows, line])
        const all = pad(graph, lines, [0, 0, 0], [0, 0, (step - 1) * line])
        const spread = reshape(graph, all, [planes, rows * step, columns * step, block])
        return reshape(graph, slice(graph, slice(graph, spread, 1, 0, height), 2, 0, width), x.shape)
      },
    },
  ])
}
