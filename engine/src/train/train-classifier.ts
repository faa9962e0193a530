import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { choosePictureFormat } from '../data/picture-format.ts'
import { measureClassification } from '../metrics/classification.ts'
import type { TrainingOutcome, TrainingRequest, TrainingUpdate } from '../runner/messages.ts'
import { requireLearnable } from '../tasks/classification/check-request.ts'
import type { ModelCard } from '../tasks/classification/model-card.ts'
import type { TrainingBackend } from './backend.ts'
import { softmax } from './calibration.ts'
import { hashRequest, keepCheckpoints, readCheckpoint, removeCheckpoint } from './checkpoint.ts'
import { evaluateParameters } from './evaluate.ts'
import { measureStepSeconds, secondsOf } from './measure-speed.ts'
import { mostEpochs, planTraining } from './plan.ts'
import { type PreparedData, prepareData } from './prepare-data.ts'
import { createProgressReporter, type ReportProgress } from './progress.ts'
import { fitBatchSize, RECIPES } from './recipe.ts'
import { runEpochs } from './run-epochs.ts'
import type { NamedTensors, NetworkSpec } from './training-session.ts'
import { budgetShare, fingerprintItems, type Parent, readParent, shareOfNews } from './warm-start.ts'
import { writeFileAtomically } from './write-atomically.ts'

/** Of the budget, kept for the last evaluation, the file and a machine that gets slower. */
const RESERVED_SHARE = 0.05
/** Going on from a model needs smaller steps than starting from nothing. */
const WARM_RATE_SHARE = 0.3

/** On fewer held-out images the best epoch is the luckiest one. */
const FEWEST_TO_CHOOSE_BY = 20

/** One run on its way: what every part of it needs. */
interface Run {
  request: TrainingRequest
  backend: TrainingBackend
  parent: Parent | null
  spec: NetworkSpec
  data: PreparedData
  started: number
  budgetSeconds: number
  report: ReportProgress
  onUpdate: (update: TrainingUpdate) => void
}

/**
 * One whole training: reads the images, trains within the budget, picks the best epoch on the held-out images, fits
 * the temperature there and writes `model.onnx` into the request's folder. Goes on from the folder's checkpoint.
 * The held-out images chose the epoch and the temperature, so their figures lean a little to the good side.
 * Throws TrainingError, or what the file system throws.
 */
export async function trainClassifier(
  request: TrainingRequest,
  { backend, onUpdate = () => {} }: { backend: TrainingBackend; onUpdate?: (update: TrainingUpdate) => void },
): Promise<TrainingOutcome> {
  const started = performance.now()
  const { classes, items, backbone, budgetMinutes } = request
  requireLearnable(
    classes,
    items.map((item) => item.value),
  )
  const parent = readParent(request, backend)
  const share = parent ? budgetShare(shareOfNews(items, parent.card.trainedOn)) : 1
  const budgetSeconds = budgetMinutes * 60 * share
  const report = createProgressReporter(onUpdate, { started, budgetSeconds })

  report({ phase: 'reading' })
  const files = items.map((item) => item.file)
  const format = parent
    ? { size: parent.card.imageSize, channels: parent.card.channels }
    : await choosePictureFormat(files, request.imageSize)
  const data = await prepareData(request, format, (done) => report({ phase: 'reading' }, done / items.length))
  if (parent) data.pictures.normalisation = { mean: parent.card.mean, deviation: parent.card.deviation }
  const spec = { backbone, imageSize: format.size, channels: format.channels, classCount: classes.length }
  try {
    return await trainPrepared({ request, backend, parent, spec, data, started, budgetSeconds, report, onUpdate })
  } finally {
    data.pictures.store.close()
  }
}

async function trainPrepared(run: Run): Promise<TrainingOutcome> {
  const { request, backend, spec, data, started, report } = run
  const { pictures, training, validation, skipped } = data
  const { parameters, epochs, secondsBefore } = await trainEpochs(run)

  report({ phase: 'evaluating' })
  const heldOut =
    validation.length > 0 ? await evaluateParameters(backend, spec, parameters, pictures, validation) : null
  const temperature = heldOut?.temperature ?? 1
  const metrics =
    heldOut &&
    measureClassification(
      request.classes,
      heldOut.truths,
      heldOut.logits.map((row) => softmax(row, temperature)),
    )

  report({ phase: 'saving' })
  const card: ModelCard = {
    taskType: request.taskType,
    classes: request.classes,
    backbone: spec.backbone,
    imageSize: spec.imageSize,
    channels: spec.channels,
    ...pictures.normalisation,
    temperature,
    trainedOn: fingerprintItems(request.items),
  }
  const bytes = backend.encodeModel(spec, parameters, card)
  const modelFile = join(request.directory, 'model.onnx')
  writeFileAtomically(modelFile, [bytes])
  removeCheckpoint(request.directory)
  report({ phase: 'done', secondsLeft: 0 })
  return {
    modelFile,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    byteSize: bytes.byteLength,
    metrics,
    imageSize: spec.imageSize,
    trainingImages: training.length,
    validationImages: validation.length,
    epochs,
    seconds: (performance.now() - started) / 1000 + secondsBefore,
    skipped,
  }
}

/** `secondsBefore`: what a killed process spent on the epochs this one goes on from. */
async function trainEpochs(run: Run): Promise<{ parameters: NamedTensors; epochs: number; secondsBefore: number }> {
  const { request, backend, parent, spec, data, report, onUpdate } = run
  const { pictures, training, validation, policy } = data
  const { optimizer, weightDecay, labelSmoothing, mixing, warmUpShare, peakRate, mostShown, ...recipe } =
    RECIPES[spec.backbone]
  const batchSize = fitBatchSize(recipe.batchSize, training.length)
  const initial = parent?.parameters
  const { seed, directory } = request
  const session = await backend.openSession(spec, { batchSize, seed, optimizer, weightDecay, labelSmoothing, initial })
  try {
    const evaluate = (parameters: NamedTensors) => evaluateParameters(backend, spec, parameters, pictures, validation)
    const hash = hashRequest(request)
    const resumeFrom = readCheckpoint(directory, hash)
    const secondsGone = (performance.now() - run.started) / 1000
    const seconds = Math.max(1, run.budgetSeconds * (1 - RESERVED_SHARE) - secondsGone)
    const speed = {
      secondsPerStep: await measureStepSeconds(session, pictures),
      secondsPerEvaluation: validation.length > 0 ? await secondsOf(() => evaluate(session.state().averaged)) : 0,
    }
    const { epochs, stepsPerEpoch } =
      resumeFrom ?? planTraining({ images: training.length, batchSize, seconds, mostShown }, speed)
    const keep = keepCheckpoints(directory, hash)
    const result = await runEpochs({
      session,
      pictures,
      training,
      policy,
      seed,
      epochs,
      mostEpochs: mostEpochs(mostShown, stepsPerEpoch * batchSize),
      stepsPerEpoch,
      seconds,
      peakRate: peakRate * (parent ? WARM_RATE_SHARE : 1),
      warmUpShare,
      mixing,
      evaluate: validation.length > 0 ? evaluate : null,
      isChoosing: validation.length >= FEWEST_TO_CHOOSE_BY,
      resumeFrom,
      onStep: ({ share, ...state }) => report({ phase: 'training', ...state }, share),
      onEpoch: (point, checkpoint) => {
        onUpdate({ kind: 'epoch', point })
        keep(checkpoint)
      },
    })
    return { ...result, secondsBefore: resumeFrom?.seconds ?? 0 }
  } finally {
    await session.dispose()
  }
}
