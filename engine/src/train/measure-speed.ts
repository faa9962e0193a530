import type { BatchSource, StepBatch } from './batch-source.ts'
import type { Clock } from './clock.ts'
import type { TrainingSession } from './training-session.ts'

/** The first step of a session pays for its memory, so it is not counted. */
const COUNTED_STEPS = 3

/** Seconds of one step on this machine, now. The session is put back as it was, so that nothing else depends on it. */
export async function measureStepSeconds<Batch extends StepBatch>(
  session: TrainingSession,
  source: BatchSource<Batch>,
  clock: Clock,
): Promise<number> {
  const before = session.state()
  const batch = source.allocate()
  await source.fill(batch, { epoch: 0, index: 0, stepsPerEpoch: 1 })
  const input = { inputs: batch.inputs, learningRate: 0 }
  await session.step(input)
  const started = clock()
  for (let step = 0; step < COUNTED_STEPS; step += 1) await session.step(input)
  const seconds = (clock() - started) / COUNTED_STEPS
  session.restore(before)
  return seconds
}

export async function secondsOf(work: () => Promise<unknown>, clock: Clock): Promise<number> {
  const started = clock()
  await work()
  return clock() - started
}
