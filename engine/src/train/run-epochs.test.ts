import { expect, it } from 'vitest'
import { UPRIGHT_AUGMENTATION } from '../data/augmentation.ts'
import { openPixelStore } from '../data/pixel-store.ts'
import { createRandom } from '../data/random.ts'
import { type Batch, type PictureDraw, type PictureSet, pictureSource } from '../tasks/classification/batches.ts'
import { classifierStep } from '../tasks/classification/classifier-step.ts'
import type { Checkpoint } from './checkpoint.ts'
import { startClock } from './clock.ts'
import { openTrainingSession } from './open-training-session.ts'
import { type EpochRun, runEpochs } from './run-epochs.ts'

const format = { size: 16, channels: 1 } as const
const COUNT = 16

function drawSet(): PictureSet {
  const store = openPixelStore(COUNT, 256, '')
  const random = createRandom(2)
  for (let index = 0; index < COUNT; index += 1) {
    store.write(
      index,
      Uint8Array.from({ length: 256 }, () => (index % 2) * 60 + random() * 120),
    )
  }
  const values = Array.from({ length: COUNT }, (_, index) => index % 2)
  return { store, format, normalisation: { mean: [100], deviation: [40] }, values, classCount: 2 }
}

async function run(changes: Partial<EpochRun<Batch> & PictureDraw> = {}) {
  const spec = { backbone: 'compact', imageSize: 16, channels: 1, classCount: 2 } as const
  const session = await openTrainingSession(classifierStep(spec, 4, 0), {
    seed: 7,
    optimizer: 'adamw',
    weightDecay: 0.05,
  })
  try {
    return await runEpochs({
      session,
      source: pictureSource({
        pictures: drawSet(),
        training: Array.from({ length: COUNT }, (_, index) => index),
        policy: UPRIGHT_AUGMENTATION,
        mixing: 0.2,
        batchSize: 4,
        seed: 7,
        ...changes,
      }),
      epochs: 4,
      mostEpochs: 4,
      stepsPerEpoch: 4,
      clock: startClock(),
      seconds: 600,
      peakRate: 1e-3,
      warmUpShare: 0.1,
      evaluate: null,
      isChoosing: false,
      resumeFrom: null,
      onStep: () => {},
      onEpoch: () => {},
      ...changes,
    })
  } finally {
    await session.dispose()
  }
}

it('the same seed gives the same weights, also when the run was killed and went on', async () => {
  let halfWay: Checkpoint | null = null
  const whole = await run({
    onEpoch: ({ epoch }, checkpoint) => {
      if (epoch === 2) halfWay = checkpoint()
    },
  })
  expect((await run()).parameters).toEqual(whole.parameters)
  const resumed = await run({ resumeFrom: halfWay })
  expect(resumed.parameters).toEqual(whole.parameters)
  expect(resumed.curve.map((point) => point.epoch)).toEqual([1, 2, 3, 4])
  expect((await run({ seed: 8 })).parameters).not.toEqual(whole.parameters)
})

it('a loss that is no number ends the run', async () => {
  await expect(run({ peakRate: 1e12, epochs: 20, mostEpochs: 20 })).rejects.toMatchObject({
    code: 'TRAINING_DIVERGED',
  })
})

it('an epoch longer than the time left is cut short and still leaves parameters', async () => {
  let steps = 0
  const result = await run({ seconds: 0.02, epochs: 1, mostEpochs: 1, stepsPerEpoch: 5000, onStep: () => (steps += 1) })
  expect(steps).toBeGreaterThan(0)
  expect(steps).toBeLessThan(5000)
  expect(result.curve).toHaveLength(1)
  expect(result.parameters.size).toBeGreaterThan(0)
})
