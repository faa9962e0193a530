import type { CurvePoint } from '@vesalius/contracts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { TrainingError } from '../runner/errors.ts'
import type { BatchSource, StepBatch } from './batch-source.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Clock } from './clock.ts'
import { adjustEpochs } from './plan.ts'
import { learningRateShare } from './schedule.ts'
import type { TrainingSession } from './training-session.ts'

/** What held-out pictures say about parameters. */
export interface Judgement {
  /** What epochs are compared by; smaller is better. */
  loss: number
  /** The task's figure that people read, 0..1: accuracy, Dice or mAP. */
  score: number
}

/** What one run of epochs needs; all numbers come from the plan and the recipe. */
export interface EpochRun<Batch extends StepBatch> {
  session: TrainingSession
  source: BatchSource<Batch>
  epochs: number
  /** What `epochs` may grow to when the machine proves faster than it was measured. */
  mostEpochs: number
  stepsPerEpoch: number
  clock: Clock
  /** Seconds on the clock that these epochs may take, those before a resumed checkpoint included. */
  seconds: number
  peakRate: number
  warmUpShare: number
  /** Judges averaged parameters on held-out pictures; null: there are none. */
  evaluate: ((parameters: NamedTensors) => Promise<Judgement>) | null
  /** Whether there are enough held-out pictures to choose the best epoch by, and to stop by; else the last one wins. */
  isChoosing: boolean
  resumeFrom: Checkpoint | null
  onStep(state: StepReport): void
  onEpoch(point: CurvePoint, checkpoint: () => Checkpoint): void
}

export interface StepReport {
  epoch: number
  epochs: number
  step: number
  loss: number
  imagesPerSecond: number
  secondsLeft: number | null
  /** Of the whole run, 0..1. */
  share: number
}

export interface EpochResult {
  parameters: NamedTensors
  epochs: number
  curve: CurvePoint[]
}

const HOPELESS_LOSS = 1e4
/** A run ends after this share of its epochs, and at least so many, without a better validation. */
const PATIENT_SHARE = 0.35
const FEWEST_PATIENT_EPOCHS = 8

/**
 * Runs epochs until the plan, the time or the patience is used up. The learning rate follows whichever of plan and
 * clock is further, so a machine that slows down still ends with a small rate. The clock is read at every step: an epoch
 * that does not fit is cut short.
 * Throws TrainingError TRAINING_DIVERGED when the loss is no longer a number.
 */
export async function runEpochs<Batch extends StepBatch>(run: EpochRun<Batch>): Promise<EpochResult> {
  const { session, source, resumeFrom, stepsPerEpoch } = run
  if (resumeFrom) session.restore(resumeFrom.session)
  const started = run.clock() - (resumeFrom?.seconds ?? 0)
  const secondsSpent = () => run.clock() - started
  const curve = [...(resumeFrom?.curve ?? [])]
  let { epochs } = run
  let best = resumeFrom?.best ?? null
  let epoch = resumeFrom?.epoch ?? 0

  const slots: [Batch, Batch] = [source.allocate(), source.allocate()]
  while (epoch < epochs && secondsSpent() < run.seconds) {
    const fill = async (index: number): Promise<Batch> => {
      const batch = slots[index % 2 === 0 ? 0 : 1]
      await source.fill(batch, { epoch, index, stepsPerEpoch })
      return batch
    }
    const totalSteps = epochs * stepsPerEpoch
    const tally = { steps: 0, loss: 0, hits: 0, images: 0, rate: 0 }
    const epochStarted = secondsSpent()
    let batch = await fill(0)
    for (let index = 0, isLast = false; !isLast; index += 1) {
      isLast = index + 1 === stepsPerEpoch || secondsSpent() >= run.seconds
      const step = epoch * stepsPerEpoch + index
      const progress = Math.min(1, Math.max(step / totalSteps, secondsSpent() / run.seconds))
      tally.rate = run.peakRate * learningRateShare(progress, run.warmUpShare)
      const running = session.step({
        inputs: batch.inputs,
        learningRate: tally.rate,
        emaDecay: averageDecay(step, totalSteps),
      })
      // The next batch is drawn while the network works on this one.
      const nextBatch = isLast ? null : fill(index + 1)
      const { loss, outputs } = await running
      if (!(loss < HOPELESS_LOSS)) throw divergence(epoch + 1, tally.rate)
      tally.steps += 1
      tally.loss += loss
      tally.hits += source.countHits?.(outputs, batch) ?? 0
      tally.images += batch.count
      const imagesPerSecond = tally.images / Math.max(1e-3, secondsSpent() - epochStarted)
      const secondsLeft = progress > 0 ? (secondsSpent() * (1 - progress)) / progress : null
      run.onStep({ epoch: epoch + 1, epochs, step: step + 1, loss, imagesPerSecond, secondsLeft, share: progress })
      if (nextBatch) batch = await nextBatch
    }
    epoch += 1

    const averaged = session.state().averaged
    const judgement = run.evaluate ? await run.evaluate(averaged) : null
    if (judgement && !Number.isFinite(judgement.loss)) throw divergence(epoch, tally.rate)
    if (run.isChoosing && judgement && (!best || judgement.loss < best.loss)) {
      best = { epoch, loss: judgement.loss, parameters: averaged }
    }
    const point: CurvePoint = {
      epoch,
      seconds: secondsSpent(),
      trainLoss: tally.loss / tally.steps,
      trainAccuracy: source.countHits ? tally.hits / tally.images : null,
      validationLoss: judgement?.loss ?? null,
      validationAccuracy: judgement?.score ?? null,
      learningRate: tally.rate,
    }
    curve.push(point)
    run.onEpoch(point, () => ({
      epoch,
      epochs,
      stepsPerEpoch,
      seconds: secondsSpent(),
      curve: [...curve],
      session: session.state(),
      best,
    }))
    if (best && epoch - best.epoch >= Math.max(FEWEST_PATIENT_EPOCHS, PATIENT_SHARE * epochs)) break
    epochs = adjustEpochs(epochs, {
      done: epoch,
      secondsSpent: secondsSpent(),
      seconds: run.seconds,
      most: run.mostEpochs,
    })
  }
  return { parameters: best?.parameters ?? session.state().averaged, epochs: epoch, curve }
}

/** Averages over about a twentieth of the run, over less while it is young. */
function averageDecay(step: number, totalSteps: number): number {
  const horizon = Math.min(1000, Math.max(10, totalSteps / 20))
  return Math.min(1 - 1 / horizon, (1 + step) / (10 + step))
}

function divergence(epoch: number, rate: number): TrainingError {
  const message = `the loss was no longer a number in epoch ${epoch}, at a learning rate of ${rate.toExponential(1)}`
  return new TrainingError('TRAINING_DIVERGED', message)
}
