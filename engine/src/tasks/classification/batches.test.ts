import { expect, it } from 'vitest'
import { NO_AUGMENTATION, UPRIGHT_AUGMENTATION } from '../../data/augmentation.ts'
import { openPixelStore } from '../../data/pixel-store.ts'
import { allocateBatch, fillPlainBatch, fillTrainingBatch, type PictureSet } from './batches.ts'

const store = openPixelStore(4, 256, '')
for (let index = 0; index < 4; index += 1) store.write(index, new Uint8Array(256).fill(40 * index))
const set: PictureSet = {
  store,
  format: { size: 16, channels: 1 },
  normalisation: { mean: [0], deviation: [1] },
  values: [0, 1, 2, 1],
  classCount: 3,
}

it('holds pictures, their classes as rows of one, and no weight beyond the last picture', () => {
  const batch = allocateBatch(set, 4)
  fillTrainingBatch(batch, set, [2, 1], { policy: NO_AUGMENTATION, mixing: 0, seed: 1, step: 0 })
  expect([batch.inputs.image[0], batch.inputs.image[256]]).toEqual([80, 40])
  expect([...batch.inputs.target.subarray(0, 6)]).toEqual([0, 0, 1, 0, 1, 0])
  expect([...batch.inputs.weight]).toEqual([1, 1, 0, 0])
  expect(batch.values).toEqual([2, 1])
})

it('mixes each picture with its mirror row and their classes in the same share', () => {
  const batch = allocateBatch(set, 2)
  fillTrainingBatch(batch, set, [1, 2], { policy: NO_AUGMENTATION, mixing: 0.4, seed: 1, step: 0 })
  const share = batch.inputs.target[1]!
  expect(share).toBeGreaterThanOrEqual(0.5)
  expect(batch.inputs.target[2]).toBeCloseTo(1 - share, 6)
  expect(batch.inputs.image[0]).toBeCloseTo(share * 40 + (1 - share) * 80, 4)
  expect(batch.inputs.image[256]).toBeCloseTo(share * 80 + (1 - share) * 40, 4)
})

it('draws the same batch for the same step and another for the next', () => {
  const draw = (step: number) => {
    const batch = allocateBatch(set, 4)
    fillTrainingBatch(batch, set, [0, 1, 2, 3], { policy: UPRIGHT_AUGMENTATION, mixing: 0.2, seed: 3, step })
    return batch.inputs.image
  }
  expect(draw(5)).toEqual(draw(5))
  expect(draw(5)).not.toEqual(draw(6))
})

it('shows held-out pictures as they are', () => {
  const images = new Float32Array(512)
  fillPlainBatch(images, set, [3, 0])
  expect(images.subarray(0, 256).every((value) => value === 120)).toBe(true)
  expect(images.subarray(256).every((value) => value === 0)).toBe(true)
})
