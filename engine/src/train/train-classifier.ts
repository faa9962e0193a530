import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { choosePictureFormat } from '../data/picture-format.ts'
import { measureClassification } from '../metrics/classification.ts'
import type { TrainingOutcome, TrainingRequest, TrainingUpdate } from '../runner/messages.ts'
import { requireLearnable } from '../tasks/classification/check-request.ts'
import type { ModelCard } from '../tasks/classification/model-card.ts'
import type { TrainingBackend } from './backend.ts'
import type { PictureSet } from './batches.ts'
import { softmax } from './calibration.ts'
import { hashRequest, readCheckpoint, removeCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { computeLogits, type Evaluation, weighLogits } from './evaluate.ts'
import { measureStepSeconds } from './measure-speed.ts'
import { planTraining } from './plan.ts'
import { prepareData } from './prepare-data.ts'
import { createProgressReporter } from './progress.ts'
import { fitBatchSize, RECIPES } from './recipe.ts'
import { runEpochs } from './run-epochs.ts'
import type { NamedTensors, NetworkSpec } from './training-session.ts'
import { budgetShare, fingerprintItems, shareOfNews } from './warm-start.ts'
import { writeFileAtomically } from './write-atomically.ts'

/** Of the budget, kept for the last evaluation, the file and a machine that gets slower. */
const RESERVED_SHARE = 0.05
const CHECKPOINT_SECONDS = 15
/** Going on from a model needs smaller steps than starting from nothing. */
const WARM_RATE_SHARE = 0.3

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
  requireLearnable(
    request.classes,
    request.items.map((item) => item.value),
  )
  const parent = readParent(request, backend)
  const news = parent ? shareOfNews(request.items, parent.card.trainedOn) : 1
  const budgetSeconds = request.budgetMinutes * 60 * (parent ? budgetShare(news) : 1)
  const report = createProgressReporter(onUpdate, { started, budgetSeconds })

  report({ phase: 'reading' })
  const format = parent
    ? { size: parent.card.imageSize, channels: parent.card.channels }
    : await choosePictureFormat(
        request.items.map((item) => item.file),
        request.imageSize,
      )
  const data = await prepareData(request, format, (done) => report({ phase: 'reading' }, done / request.items.length))
  if (parent) data.pictures.normalisation = { mean: parent.card.mean, deviation: parent.card.deviation }

  const { pictures, training, validation } = data
  const recipe = RECIPES[request.backbone]
  const spec: NetworkSpec = {
    backbone: request.backbone,
    imageSize: format.size,
    channels: format.channels,
    classCount: request.classes.length,
  }
  const { optimizer, weightDecay, labelSmoothing, mixing, warmUpShare } = recipe
  const session = await backend.openSession(spec, {
    batchSize: fitBatchSize(recipe, training.length),
    seed: request.seed,
    optimizer,
    weightDecay,
    labelSmoothing,
    initial: parent?.parameters,
  })
  const judge = (parameters: NamedTensors) => evaluateOn(backend, spec, parameters, pictures, validation)
  const evaluate = validation.length > 0 ? judge : null

  try {
    const hash = hashRequest(request)
    const resumeFrom = readCheckpoint(request.directory, hash)
    const readingSeconds = (performance.now() - started) / 1000
    const seconds = Math.max(1, budgetSeconds * (1 - RESERVED_SHARE) - readingSeconds)
    const plan =
      resumeFrom ??
      planTraining({
        images: training.length,
        batchSize: session.batchSize,
        seconds,
        secondsPerStep: await measureStepSeconds(session, pictures),
        secondsPerEvaluation: evaluate ? await secondsOf(() => evaluate(session.state().averaged)) : 0,
      })
    const { epochs, stepsPerEpoch } = plan
    let checkpointed = performance.now()
    let checkpointMs = 0
    const result = await runEpochs({
      session,
      pictures,
      training,
      policy: data.policy,
      seed: request.seed,
      epochs,
      stepsPerEpoch,
      seconds,
      peakRate: recipe.peakRate * (parent ? WARM_RATE_SHARE : 1),
      warmUpShare,
      mixing,
      patience: Math.max(8, Math.ceil(epochs * 0.35)),
      evaluate,
      resumeFrom,
      onStep: ({ share, ...state }) => report({ phase: 'training', epochs, ...state }, share),
      onEpoch: (point, checkpoint) => {
        onUpdate({ kind: 'epoch', point })
        const now = performance.now()
        if (now - checkpointed < Math.max(CHECKPOINT_SECONDS * 1000, 20 * checkpointMs)) return
        writeCheckpoint(request.directory, hash, checkpoint())
        checkpointed = performance.now()
        checkpointMs = checkpointed - now
      },
    })

    report({ phase: 'evaluating' })
    const last = evaluate ? await evaluate(result.parameters) : null
    report({ phase: 'saving' })
    const card: ModelCard = {
      taskType: request.taskType,
      classes: request.classes,
      backbone: request.backbone,
      imageSize: format.size,
      channels: format.channels,
      ...pictures.normalisation,
      temperature: last?.temperature ?? 1,
      trainedOn: fingerprintItems(request.items),
    }
    const bytes = backend.encodeModel(spec, result.parameters, card)
    const modelFile = join(request.directory, 'model.onnx')
    writeFileAtomically(modelFile, [bytes])
    removeCheckpoint(request.directory)
    report({ phase: 'done', secondsLeft: 0 })
    return {
      modelFile,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      byteSize: bytes.byteLength,
      metrics: last && measure(request.classes, last),
      imageSize: format.size,
      trainingImages: training.length,
      validationImages: validation.length,
      epochs: result.epochs,
      seconds: (performance.now() - started) / 1000,
      skipped: data.skipped,
    }
  } finally {
    pictures.store.close()
    await session.dispose()
  }
}

/** The model to go on from, when it answers the same question with the same network; null otherwise. */
function readParent({ warmStartModel, classes, backbone, imageSize }: TrainingRequest, backend: TrainingBackend) {
  const parent = warmStartModel ? backend.readModel(warmStartModel) : null
  if (!parent || parent.card.backbone !== backbone) return null
  if (JSON.stringify(parent.card.classes) !== JSON.stringify(classes)) return null
  return imageSize === null || imageSize === parent.card.imageSize ? parent : null
}

const EVALUATION_BATCH = 64

async function evaluateOn(
  backend: TrainingBackend,
  spec: NetworkSpec,
  parameters: NamedTensors,
  pictures: PictureSet,
  positions: number[],
): Promise<Evaluation> {
  const classifier = await backend.openClassifier(spec, parameters)
  try {
    const logits = await computeLogits(
      (images, count) => classifier.run(images, count),
      pictures,
      positions,
      Math.min(EVALUATION_BATCH, positions.length),
    )
    return weighLogits(
      positions.map((position) => pictures.values[position] ?? 0),
      logits,
    )
  } finally {
    await classifier.dispose()
  }
}

function measure(classes: readonly string[], { truths, logits, temperature }: Evaluation) {
  return measureClassification(
    classes,
    truths,
    logits.map((row) => softmax(row, temperature)),
  )
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
