import { describe, it } from 'vitest'
import { addBias, convolve, outputSize } from './convolution.ts'
import { checkGradient } from './testing/check-gradient.ts'

describe('the gradient of a convolution', () => {
  it('agrees with finite differences for a single image', async () => {
    const window = { kernel: 3, stride: 1, padding: 1 }
    await checkGradient({
      inputs: { x: [1, 2, 4, 4], weight: [3, 2, 3, 3] },
      write: (tape, { x, weight }) => convolve(tape, x!, weight!, window),
    })
  })

  it.each([
    { kernel: 1, stride: 1, padding: 0, size: 5 },
    { kernel: 1, stride: 2, padding: 0, size: 5 },
    { kernel: 2, stride: 2, padding: 0, size: 6 },
    { kernel: 3, stride: 1, padding: 1, size: 5 },
    { kernel: 3, stride: 2, padding: 1, size: 6 },
    { kernel: 3, stride: 2, padding: 1, size: 7 },
    { kernel: 4, stride: 4, padding: 0, size: 8 },
    { kernel: 7, stride: 2, padding: 3, size: 9 },
  ])(
    'agrees with finite differences: kernel $kernel, stride $stride, padding $padding, $size places',
    async (shape) => {
      const { kernel, size } = shape
      await checkGradient({
        inputs: { x: [2, 3, size, size + 1], weight: [4, 3, kernel, kernel] },
        write: (tape, { x, weight }) => convolve(tape, x!, weight!, shape),
      })
    },
  )

  it('reaches the bias', async () => {
    await checkGradient({
      inputs: { x: [2, 3, 4, 4], bias: [3] },
      write: (tape, { x, bias }) => addBias(tape, x!, bias!),
    })
  })

  it('has the size a window leaves', ({ expect }) => {
    expect(outputSize(224, { kernel: 7, stride: 2, padding: 3 })).toBe(112)
    expect(outputSize(7, { kernel: 3, stride: 2, padding: 1 })).toBe(4)
  })
})
