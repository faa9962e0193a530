import { expect, it } from 'vitest'
import { predictionLimitMs } from './prediction-limit.ts'

it('a picture of 10,000² may take minutes, a small one a minute, and each more image adds to it', () => {
  expect(predictionLimitMs(1, 256 ** 2)).toBeLessThan(80_000)
  expect(predictionLimitMs(1, 1e8)).toBe(570_000)
  expect(predictionLimitMs(2, 0) - predictionLimitMs(1, 0)).toBe(10_000)
})
