import { expect, it } from 'vitest'
import { augmentInto, FREE_AUGMENTATION, NO_AUGMENTATION, normaliseInto } from './augmentation.ts'
import { createRandom } from './random.ts'

const format = { size: 16, channels: 3 } as const
const random = createRandom(5)
const pixels = Uint8Array.from({ length: 16 * 16 * 3 }, () => Math.floor(random() * 256))
const normalisation = { mean: [100, 120, 140], deviation: [50, 60, 70] }
const length = pixels.length

it('writes channel first, normalised, and nothing else when nothing may change', () => {
  const plain = new Float32Array(length)
  const unchanged = new Float32Array(length)
  normaliseInto(plain, 0, pixels, format, normalisation)
  augmentInto(unchanged, 0, pixels, format, normalisation, NO_AUGMENTATION, createRandom(1))
  expect(plain[256 + 5]).toBeCloseTo((pixels[5 * 3 + 1]! - 120) / 60, 5)
  plain.forEach((value, index) => {
    expect(unchanged[index]).toBeCloseTo(value, 5)
  })
})

it('mirrors left and right and nothing else when only that is allowed', () => {
  const plain = new Float32Array(length)
  const mirrored = new Float32Array(length)
  normaliseInto(plain, 0, pixels, format, normalisation)
  const policy = { ...NO_AUGMENTATION, mirror: true }
  const seed = Array.from({ length: 40 }, (_, index) => index).find((candidate) => {
    augmentInto(mirrored, 0, pixels, format, normalisation, policy, createRandom(candidate))
    return Math.abs(mirrored[0]! - plain[15]!) < 1e-4
  })
  expect(seed).toBeDefined()
  for (let row = 0; row < 16; row += 1) expect(mirrored[row * 16]).toBeCloseTo(plain[row * 16 + 15]!, 4)
})

it('stays finite, keeps to its own rows and repeats itself for the same stream', () => {
  const draw = () => {
    const target = new Float32Array(3 * length)
    augmentInto(target, length, pixels, format, normalisation, FREE_AUGMENTATION, createRandom(9, 2))
    return target
  }
  const target = draw()
  expect(target.every(Number.isFinite)).toBe(true)
  expect(target.subarray(0, length).every((value) => value === 0)).toBe(true)
  expect(target.subarray(2 * length).every((value) => value === 0)).toBe(true)
  expect(draw()).toEqual(target)
})
