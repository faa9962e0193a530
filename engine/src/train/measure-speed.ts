import { allocateBatch, type PictureSet } from './batches.ts'
import type { TrainingSession } from './training-session.ts'

/** The first step of a session pays for its memory, so it is not counted. */
const COUNTED_STEPS = 3

/** Seconds of one step on this machine, now. The session is put back as it was, so that nothing else depends on it. */
export async function measureStepSeconds(session: TrainingSession, pictures: PictureSet): Promise<number> {
  const before = session.state()
  const { images, targets, sampleWeights } = allocateBatch(pictures, session.batchSize)
  targets.fill(1 / pictures.classCount)
  sampleWeights.fill(1)
  const input = { images, targets, sampleWeights, learningRate: 0 }
  await session.step(input)
  const started = performance.now()
  for (let step = 0; step < COUNTED_STEPS; step += 1) await session.step(input)
  const seconds = (performance.now() - started) / 1000 / COUNTED_STEPS
  session.restore(before)
  return seconds
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
