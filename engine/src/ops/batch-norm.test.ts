import { it } from 'vitest'
import { normalizeBatch } from './batch-norm.ts'
import { checkGradient } from './testing/check-gradient.ts'

it('the gradient of a batch normalisation agrees with finite differences', async () => {
  await checkGradient({
    inputs: { x: [4, 3, 3, 5], scale: [3], shift: [3] },
    write: (tape, { x, scale, shift }) => normalizeBatch(tape, x!, scale!, shift!).y,
  })
})
