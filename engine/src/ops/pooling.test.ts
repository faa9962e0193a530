import { it } from 'vitest'
import { poolAverage, poolMaximum } from './pooling.ts'
import { checkGradient, shuffledLadder } from './testing/check-gradient.ts'

it.each([
  { kernel: 2, stride: 2, padding: 0 },
  { kernel: 3, stride: 2, padding: 1 },
])('the gradient of the largest value goes where it came from: kernel $kernel, stride $stride', async (window) => {
  await checkGradient({
    inputs: { x: [2, 2, 6, 5] },
    values: (_, length) => shuffledLadder(length),
    write: (tape, { x }) => poolMaximum(tape, x!, window),
  })
})

it('the gradient of a mean is spread evenly', async () => {
  await checkGradient({ inputs: { x: [2, 3, 4, 5] }, write: (tape, { x }) => poolAverage(tape, x!) })
})
