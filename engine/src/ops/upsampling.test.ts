import { it } from 'vitest'
import { concatenateChannels } from './concatenation.ts'
import { checkGradient } from './testing/check-gradient.ts'
import { upsample } from './upsampling.ts'

it.each([2, 4])('the gradient of repeating places %i times is their sum', async (factor) => {
  await checkGradient({ inputs: { x: [2, 3, 3, 4] }, write: (tape, { x }) => upsample(tape, x!, factor) })
})

it('the gradient of joined channels goes back to each part', async () => {
  await checkGradient({
    inputs: { a: [2, 3, 2, 2], b: [2, 1, 2, 2] },
    write: (tape, { a, b }) => concatenateChannels(tape, [a!, b!]),
  })
})
