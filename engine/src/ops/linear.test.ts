import { it } from 'vitest'
import { project } from './linear.ts'
import { checkGradient } from './testing/check-gradient.ts'

it('the gradient of a projection agrees with finite differences', async () => {
  await checkGradient({
    inputs: { x: [3, 5], weight: [4, 5], bias: [4] },
    write: (tape, { x, weight, bias }) => project(tape, x!, weight!, bias!),
  })
})
