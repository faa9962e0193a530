import { describe, expect, it } from 'vitest'
import type { Value } from '../../graph/graph-builder.ts'
import type { Tape } from '../../graph/tape.ts'
import type { Window } from '../convolution.ts'
import { checkGradient, shuffledLadder } from '../testing/check-gradient.ts'
import { normalizeBlocked } from './batch-norm.ts'
import { blockSize } from './block-size.ts'
import { convolveBlocked } from './convolution.ts'
import { keepKernels, kernelLayout, plainKernels } from './kernels.ts'
import { toBlocked, toPlain } from './layout.ts'
import { poolMaximumBlocked } from './pooling.ts'
import { poolAverageBlocked, upsampleBlocked } from './resizing.ts'

const block = await blockSize()

/** Runs an operator of blocked memory on a plain value. */
const inBlocks = (tape: Tape, x: Value, write: (blocked: Value) => Value) => toPlain(tape, write(toBlocked(tape, x)))

describe.skipIf(block === 0)('in blocked memory', () => {
  it.each([
    { kernel: 3, stride: 1, padding: 1, batch: 16, size: 6, why: 'the error is the kernel' },
    { kernel: 3, stride: 1, padding: 1, batch: 4, size: 8, why: 'images are cut into strips' },
    { kernel: 3, stride: 1, padding: 1, batch: 3, size: 6, why: 'patches are multiplied' },
    { kernel: 3, stride: 1, padding: 1, batch: 16, size: 2, why: 'small maps are multiplied' },
    { kernel: 3, stride: 2, padding: 1, batch: 16, size: 12, why: 'even sides' },
    { kernel: 3, stride: 2, padding: 1, batch: 3, size: 7, why: 'odd sides' },
    { kernel: 1, stride: 1, padding: 0, batch: 2, size: 3, why: 'one tap' },
    { kernel: 1, stride: 2, padding: 0, batch: 2, size: 5, why: 'one tap, every second place' },
    { kernel: 5, stride: 1, padding: 2, batch: 16, size: 6, why: 'a wide kernel' },
  ])('a convolution has the gradient of finite differences: $kernel/$stride, $batch images, $why', async (shape) => {
    await checkConvolution(shape, 2 * block)
  })

  it.each([
    { kernel: 3, stride: 1, padding: 1, batch: 16, size: 6 },
    { kernel: 7, stride: 2, padding: 3, batch: 8, size: 12 },
    { kernel: 4, stride: 4, padding: 0, batch: 3, size: 8 },
  ])('so have the kernels of one that sees the picture itself: $kernel/$stride, $batch images', async (shape) => {
    await checkConvolution(shape, 3)
  })

  it('normalisation, addition and ReLU in one have the gradient of finite differences', async () => {
    const shape = [3, block, 3, 4]
    await checkGradient({
      inputs: { x: shape, scale: [block], shift: [block], add: shape },
      // Far from 0, so that no ReLU bends within a step.
      values: (name, length) =>
        name === 'add'
          ? shuffledLadder(length).map((value) => Math.sign(value) * 6)
          : shuffledLadder(length).map(Math.sin),
      write: (tape, { x, scale, shift, add }) =>
        inBlocks(
          tape,
          x!,
          (blocked) =>
            normalizeBlocked(tape, blocked, scale!, shift!, { add: toBlocked(tape, add!), isRectified: true }).y,
        ),
    })
  })

  it('pooling and repeating have the gradients of finite differences', async () => {
    const x = [2, block, 4, 6]
    await checkGradient({
      inputs: { x },
      values: (_, length) => shuffledLadder(length),
      write: (tape, { x }) => inBlocks(tape, x!, (blocked) => poolMaximumBlocked(tape, blocked, 2, block)),
    })
    await checkGradient({
      inputs: { x },
      write: (tape, { x }) => inBlocks(tape, x!, (blocked) => upsampleBlocked(tape, blocked, 2, block)),
    })
    await checkGradient({
      inputs: { x },
      write: (tape, { x }) => poolAverageBlocked(tape, toBlocked(tape, x!), block),
    })
  })
})

it('kernels come back from the order they are kept in', () => {
  for (const shape of [
    [32, 16, 3, 3],
    [16, 3, 7, 7],
    [48, 32, 1, 1],
  ]) {
    const layout = kernelLayout(shape, 16)
    const plain = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => index)
    expect(plainKernels(keepKernels(plain, layout), layout)).toEqual(plain)
  }
})

async function checkConvolution({ batch, size, ...window }: Window & { batch: number; size: number }, inputs: number) {
  const layout = kernelLayout([block, inputs, window.kernel, window.kernel], block)
  const isBlocked = inputs % block === 0
  const kept = [1, inputs / layout.inner, layout.taps, layout.inner * block]
  await checkGradient({
    inputs: isBlocked ? { x: [batch, inputs, size, size], kept } : { kept },
    write: (tape, { x, kept }) => {
      const image =
        x ?? tape.graph.floats([batch, inputs, size, size], shuffledLadder(batch * inputs * size ** 2).map(Math.sin))
      const given = isBlocked ? toBlocked(tape, image) : image
      return toPlain(tape, convolveBlocked(tape, given, kept!, layout, window))
    },
  })
}
