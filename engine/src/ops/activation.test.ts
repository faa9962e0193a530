import { it } from 'vitest'
import { rectify, sum } from './activation.ts'
import { checkGradient, shuffledLadder } from './testing/check-gradient.ts'

it('the gradient of a ReLU passes where it is positive and nowhere else', async () => {
  await checkGradient({
    inputs: { x: [2, 3, 4] },
    values: (_, length) => shuffledLadder(length),
    write: (tape, { x }) => rectify(tape, x!),
  })
})

it('the gradient of a sum reaches both, also when both are one', async () => {
  await checkGradient({ inputs: { a: [2, 5], b: [2, 5] }, write: (tape, { a, b }) => sum(tape, a!, b!) })
  await checkGradient({ inputs: { a: [2, 5] }, write: (tape, { a }) => sum(tape, a!, a!) })
})
