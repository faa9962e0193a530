import type { CurvePoint } from '@vesalius/contracts'
import type { AugmentationPolicy } from '../data/augmentation.ts'
import { drawBalancedEpoch } from '../data/sampler.ts'
import { TrainingError } from '../runner/errors.ts'
import { allocateBatch, fillTrainingBatch, type PictureSet } from './batches.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Evaluation } from './evaluate.ts'
import { adjustEpochs } from './plan.ts'
import { learningRateShare } from './schedule.ts'
import type { NamedTensors, TrainingSession } from './training-session.ts'

/** What one run of epochs needs; all numbers come from the plan and the recipe. */
export interface EpochRun {
  session: TrainingSession
  pictures: PictureSet
  training: readonly number[]
  policy: AugmentationPolicy
  seed: number
  epochs: number
  /** What `epochs` may grow to when the machine proves faster than it was measured. */
  mostEpochs: number
  stepsPerEpoch: number
  /** Seconds this run may take, those before a resumed checkpoint included. */
  seconds: number
  peakRate: number
  warmUpShare: number
  mixing: number
  /** Judges averaged parameters on held-out pictures; null: there are none. */
  evaluate: ((parameters: NamedTensors) => Promise<Evaluation>) | null
  /** Whether there are enough held-out pictures to choose the best epoch by, and to stop by; else the last one wins. */
  isChoosing: boolean
  resumeFrom: Checkpoint | null
  onStep(state: {
    epoch: number
    epochs: number
    step: number
    loss: number
    imagesPerSecond: number
    secondsLeft: number | null
    share: number
  }): void
  onEpoch(point: CurvePoint, checkpoint: () => Checkpoint): void
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
 * clock is further, so a machine that slows down still ends with a small rate.
 * Throws TrainingError TRAINING_DIVERGED when the loss is no longer a number.
 */
export async function runEpochs(run: EpochRun): Promise<EpochResult> {
  const { session, resumeFrom, stepsPerEpoch } = run
  if (resumeFrom) session.restore(resumeFrom.session)
  const started = performance.now() - (resumeFrom?.seconds ?? 0) * 1000
  const secondsSpent = () => (performance.now() - started) / 1000
  const curve = [...(resumeFrom?.curve ?? [])]
  let { epochs } = run
  let best = resumeFrom?.best ?? null
  let epoch = resumeFrom?.epoch ?? 0

  const batches = [allocateBatch(run.pictures, session.batchSize), allocateBatch(run.pictures, session.batchSize)]
  while (epoch < epochs && secondsSpent() < run.seconds) {
    const order = drawBalancedEpoch(
      run.training.map((position) => run.pictures.values[position] ?? 0),
      { count: stepsPerEpoch * session.batchSize, seed: run.seed, epoch },
    )
    const fill = (index: number) => {
      const batch = batches[index % 2]
      if (!batch) throw new RangeError('two batches are kept')
      const rows = order.subarray(index * session.batchSize, (index + 1) * session.batchSize)
      const positions = Array.from(rows, (row) => run.training[row] ?? 0)
      fillTrainingBatch(batch, run.pictures, positions, { ...run, step: epoch * stepsPerEpoch + index })
      return batch
    }

    const totalSteps = epochs * stepsPerEpoch
    const tally = { loss: 0, hits: 0, images: 0, rate: 0 }
    const epochStarted = secondsSpent()
    let batch = fill(0)
    for (let index = 0; index < stepsPerEpoch; index += 1) {
      const step = epoch * stepsPerEpoch + index
      const progress = Math.min(1, Math.max(step / totalSteps, secondsSpent() / run.seconds))
      tally.rate = run.peakRate * learningRateShare(progress, run.warmUpShare)
      const { images, targets, sampleWeights, values } = batch
      const running = session.step({
        images,
        targets,
        sampleWeights,
        learningRate: tally.rate,
        emaDecay: averageDecay(step, totalSteps),
      })
      // The next batch is drawn while the network works on this one.
      if (index + 1 < stepsPerEpoch) batch = fill(index + 1)
      const { loss, logits } = await running
      if (!(loss < HOPELESS_LOSS)) throw divergence(epoch + 1, tally.rate)
      tally.loss += loss
      tally.hits += countHits(logits, values, run.pictures.classCount)
      tally.images += values.length
      const imagesPerSecond = tally.images / Math.max(1e-3, secondsSpent() - epochStarted)
      const secondsLeft = progress > 0 ? (secondsSpent() * (1 - progress)) / progress : null
      run.onStep({ epoch: epoch + 1, epochs, step: step + 1, loss, imagesPerSecond, secondsLeft, share: progress })
    }
    epoch += 1

    const averaged = session.state().averaged
    const evaluation = run.evaluate ? await run.evaluate(averaged) : null
    if (evaluation && !Number.isFinite(evaluation.loss)) throw divergence(epoch, tally.rate)
    if (run.isChoosing && evaluation && (!best || evaluation.loss < best.loss)) {
      best = { epoch, loss: evaluation.loss, parameters: averaged }
    }
    curve.push({
      epoch,
      seconds: secondsSpent(),
      trainLoss: tally.loss / stepsPerEpoch,
      trainAccuracy: tally.hits / tally.images,
      validationLoss: evaluation?.loss ?? null,
      validationAccuracy: evaluation?.accuracy ?? null,
      learningRate: tally.rate,
    })
    run.onEpoch(curve.at(-1) as CurvePoint, () => ({
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

function countHits(logits: Float32Array, values: readonly number[], classCount: number): number {
  return values.filter((value, row) => {
    const scores = logits.subarray(row * classCount, (row + 1) * classCount)
    return scores.indexOf(Math.max(...scores)) === value
  }).length
}

function divergence(epoch: number, rate: number): TrainingError {
  const message = `the loss was no longer a number in epoch ${epoch}, at a learning rate of ${rate.toExponential(1)}`
  return new TrainingError('TRAINING_DIVERGED', message)
}
