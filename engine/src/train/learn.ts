import type { NamedTensors } from '../graph/named-tensors.ts'
import type { TrainingRequest, TrainingUpdate } from '../runner/messages.ts'
import type { BatchSource, StepBatch } from './batch-source.ts'
import { hashRequest, keepCheckpoints, readCheckpoint } from './checkpoint.ts'
import type { Clock } from './clock.ts'
import { measureStepSeconds, secondsOf } from './measure-speed.ts'
import { openTrainingSession } from './open-training-session.ts'
import type { OptimizerName } from './optimizer.ts'
import { mostEpochs, planTraining } from './plan.ts'
import type { ReportProgress } from './progress.ts'
import { requireFinite } from './require-finite.ts'
import { type Judgement, runEpochs } from './run-epochs.ts'
import type { StepDefinition } from './step-definition.ts'

/** The numbers a network is trained with. */
export interface LearningRecipe {
  optimizer: OptimizerName
  peakRate: number
  weightDecay: number
  warmUpShare: number
  /** Pictures shown in all, beyond which a network of this size learns by heart. */
  mostShown: number
}

export interface Lesson<Batch extends StepBatch> {
  request: TrainingRequest
  definition: StepDefinition
  source: BatchSource<Batch>
  recipe: LearningRecipe
  batchSize: number
  /** Pictures that make one epoch. */
  pictures: number
  initial: NamedTensors | undefined
  evaluate: ((parameters: NamedTensors) => Promise<Judgement>) | null
  /** Whether the best epoch is chosen by its judgement; else the last one wins. */
  isChoosing: boolean
  /** Started with the whole run, and the seconds on it that the run may take. */
  clock: Clock
  budgetSeconds: number
  report: ReportProgress
  onUpdate: (update: TrainingUpdate) => void
}

export interface Learned {
  parameters: NamedTensors
  epochs: number
  /** What a killed process spent on the epochs this one went on from. */
  secondsBefore: number
}

/** Of the budget, kept for the last evaluation, the file and a machine that gets slower. */
const RESERVED_SHARE = 0.05

/**
 * Trains a network within the budget and goes on from the folder's checkpoint; leaves checkpoints there.
 * Throws TrainingError TRAINING_DIVERGED, or what the file system throws.
 */
export async function learn<Batch extends StepBatch>(lesson: Lesson<Batch>): Promise<Learned> {
  const { request, source, recipe, batchSize, initial, evaluate, clock, report } = lesson
  const { seed, directory } = request
  const { optimizer, weightDecay, peakRate, warmUpShare, mostShown } = recipe
  const session = await openTrainingSession(lesson.definition, { seed, optimizer, weightDecay, initial })
  try {
    const hash = hashRequest(request)
    const resumeFrom = readCheckpoint(directory, hash)
    const seconds = Math.max(1, lesson.budgetSeconds * (1 - RESERVED_SHARE) - clock())
    const speed = {
      secondsPerStep: await measureStepSeconds(session, source, clock),
      secondsPerEvaluation: evaluate ? await secondsOf(() => evaluate(session.state().averaged), clock) : 0,
    }
    const { epochs, stepsPerEpoch } =
      resumeFrom ?? planTraining({ images: lesson.pictures, batchSize, seconds, mostShown }, speed)
    const keep = keepCheckpoints(directory, hash)
    const result = await runEpochs({
      session,
      source,
      epochs,
      mostEpochs: mostEpochs(mostShown, stepsPerEpoch * batchSize),
      stepsPerEpoch,
      clock,
      seconds,
      peakRate,
      warmUpShare,
      evaluate,
      isChoosing: lesson.isChoosing,
      resumeFrom,
      onStep: ({ share, ...state }) => report({ phase: 'training', ...state }, share),
      onEpoch: (point, checkpoint) => {
        lesson.onUpdate({ kind: 'epoch', point })
        keep(checkpoint)
      },
    })
    requireFinite(result.parameters)
    return { ...result, secondsBefore: resumeFrom?.seconds ?? 0 }
  } finally {
    await session.dispose()
  }
}
