import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import type { Shape } from '../../graph/shape.ts'
import { blockChannels, unblockChannels } from './layout.ts'

/**
 * How kernels [out, in, kernel, kernel] are kept between steps: [out/block, in/inner, taps, inner, block], inner being
 * the block, or 1 where the input has fewer channels. It is the order of the forward convolution.
 */
export interface KernelLayout {
  out: number
  inputs: number
  taps: number
  /** Channels of one input block. */
  inner: number
  block: number
}

export function kernelLayout(shape: readonly number[], block: number): KernelLayout {
  const [out = 0, inputs = 0, height = 1, width = 1] = shape
  if (out % block !== 0) throw new RangeError(`${out} channels do not fill blocks of ${block}`)
  return { out, inputs, taps: height * width, inner: inputs % block === 0 ? block : 1, block }
}

export function keptShape({ out, inputs, taps, inner, block }: KernelLayout): number[] {
  return [out / block, inputs / inner, taps, inner * block]
}

/** Kept kernels as a matrix of one row for each output channel, whatever the order of its columns. */
export function kernelRows(graph: GraphBuilder, kept: Value, { out, inputs, taps }: KernelLayout): Value {
  return unblockChannels(graph, kept, [1, out, inputs * taps], [out, inputs * taps])
}

/** The way back from `kernelRows`, to `shape`. */
export function keptFromRows(
  graph: GraphBuilder,
  rows: Value,
  { out, inputs, taps }: KernelLayout,
  shape: Shape,
): Value {
  return blockChannels(graph, rows, [1, out, inputs * taps], shape)
}

/**
 * The order in which the error is convolved: in and out swapped, [in/block, out/block, taps, block(out), block(in)],
 * with the taps asked for, in the order asked for.
 */
export function swappedKernels(
  graph: GraphBuilder,
  kept: Value,
  { out, inputs, taps, block }: KernelLayout,
  wanted: readonly number[],
): Value {
  const outs = out / block
  const ins = inputs / block
  const rows = outs * ins * taps
  const turned = blockChannels(graph, kept, [rows, block, block], [rows, block * block])
  const order: number[] = []
  for (let i = 0; i < ins; i++) {
    for (let o = 0; o < outs; o++) for (const tap of wanted) order.push((o * ins + i) * taps + tap)
  }
  return graph.node('Gather', [turned, graph.integers(order)], [order.length, block * block])
}

/** Kernels as they are kept, from row-major [out, in, kernel, kernel]. */
export function keepKernels(plain: Float32Array, layout: KernelLayout): Float32Array {
  const kept = new Float32Array(plain.length)
  eachWeight(layout, (at, from) => {
    kept[at] = plain[from] ?? 0
  })
  return kept
}

export function plainKernels(kept: Float32Array, layout: KernelLayout): Float32Array {
  const plain = new Float32Array(kept.length)
  eachWeight(layout, (at, from) => {
    plain[from] = kept[at] ?? 0
  })
  return plain
}

function eachWeight({ out, inputs, taps, inner, block }: KernelLayout, visit: (kept: number, plain: number) => void) {
  let at = 0
  for (let outBlock = 0; outBlock < out; outBlock += block) {
    for (let inBlock = 0; inBlock < inputs; inBlock += inner) {
      for (let tap = 0; tap < taps; tap++) {
        for (let i = inBlock; i < inBlock + inner; i++) {
          for (let o = outBlock; o < outBlock + block; o++) visit(at++, (o * inputs + i) * taps + tap)
        }
      }
    }
  }
}
