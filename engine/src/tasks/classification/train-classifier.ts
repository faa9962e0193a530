import { choosePictureFormat } from '../../data/picture-format.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { measureClassification } from '../../metrics/classification.ts'
import type { ClassItem, TrainingOutcome, TrainingRequest, TrainingUpdate } from '../../runner/messages.ts'
import { type Clock, startClock } from '../../train/clock.ts'
import { type Learned, learn } from '../../train/learn.ts'
import { createProgressReporter, type ReportProgress } from '../../train/progress.ts'
import { saveModel } from '../../train/save-model.ts'
import { budgetShare, fingerprintItems, shareOfNews } from '../../train/warm-budget.ts'
import { pictureSource } from './batches.ts'
import { softmax } from './calibration.ts'
import { requireClassItems, requireLearnable } from './check-request.ts'
import { encodeClassifier } from './classifier-file.ts'
import { classifierStep } from './classifier-step.ts'
import { evaluateParameters } from './evaluate.ts'
import { buildFeatureNetwork } from './feature-network.ts'
import { readFrozen } from './frozen-backbone.ts'
import { FEWEST_TO_CHOOSE_BY, learnHead } from './learn-head.ts'
import type { ModelCard } from './model-card.ts'
import type { NetworkSpec } from './network-spec.ts'
import { type PreparedData, prepareData } from './prepare-data.ts'
import { fitBatchSize, RECIPES } from './recipe.ts'
import { trainFrozen } from './train-frozen.ts'
import { type Parent, readParent } from './warm-start.ts'

/** Going on from a model needs smaller steps than starting from nothing. */
const WARM_RATE_SHARE = 0.3

/** One run on its way: what every part of it needs. */
interface Run {
  request: TrainingRequest
  items: ClassItem[]
  parent: Parent | null
  spec: NetworkSpec
  data: PreparedData
  clock: Clock
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
  onUpdate: (update: TrainingUpdate) => void = () => {},
): Promise<TrainingOutcome> {
  const frozen = readFrozen(request)
  if (frozen) return trainFrozen(request, frozen, onUpdate)
  const clock = startClock(request.clock)
  const { classes, backbone, budgetMinutes } = request
  const items = requireClassItems(request)
  requireLearnable(
    classes,
    items.map((item) => item.value),
  )
  const parent = readParent(request)
  const share = parent ? budgetShare(shareOfNews(items, parent.card.trainedOn)) : 1
  const budgetSeconds = budgetMinutes * 60 * share
  const report = createProgressReporter(onUpdate, { clock, budgetSeconds })

  report({ phase: 'reading' })
  const files = items.map((item) => item.file)
  const format = parent
    ? { size: parent.card.imageSize, channels: parent.card.channels }
    : await choosePictureFormat(files, request.imageSize)
  const data = await prepareData(request, items, format, (done) => report({ phase: 'reading' }, done / items.length))
  if (parent) data.pictures.normalisation = { mean: parent.card.mean, deviation: parent.card.deviation }
  const spec = { backbone, imageSize: format.size, channels: format.channels, classCount: classes.length }
  try {
    return await trainPrepared({ request, items, parent, spec, data, clock, budgetSeconds, report, onUpdate })
  } finally {
    data.pictures.store.close()
  }
}

async function trainPrepared(run: Run): Promise<TrainingOutcome> {
  const { request, spec, data, clock, report } = run
  const { pictures, training, validation, skipped } = data
  const { parameters, epochs, secondsBefore } = await learnClasses(run)

  report({ phase: 'evaluating' })
  const heldOut = validation.length > 0 ? await evaluateParameters(spec, parameters, pictures, validation) : null
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
    trainedOn: fingerprintItems(run.items),
  }
  const saved = saveModel(request.directory, encodeClassifier(spec, parameters, card))
  report({ phase: 'done', secondsLeft: 0 })
  return {
    ...saved,
    metrics,
    imageSize: spec.imageSize,
    trainingImages: training.length,
    validationImages: validation.length,
    epochs,
    seconds: clock() + secondsBefore,
    skipped,
  }
}

/** The whole network's parameters, of which only the last layer's changed. */
async function learnLastLayer(
  common: Parameters<typeof learnHead>[0],
  spec: NetworkSpec,
  data: PreparedData,
  parameters: NamedTensors,
): Promise<Learned> {
  const network = buildFeatureNetwork(spec, parameters)
  const learned = await learnHead(common, network, data, { classCount: spec.classCount, initial: parameters })
  return { ...learned, parameters: new Map([...parameters, ...learned.parameters]) }
}

function learnClasses({ request, parent, spec, data, ...run }: Run) {
  const isChoosing = data.validation.length >= FEWEST_TO_CHOOSE_BY
  if (parent && request.scope === 'head') {
    return learnLastLayer({ ...run, request, isChoosing }, spec, data, parent.parameters)
  }
  const { pictures, training, validation, policy } = data
  const { labelSmoothing, mixing, ...recipe } = RECIPES[spec.backbone]
  const batchSize = fitBatchSize(recipe.batchSize, training.length)
  return learn({
    ...run,
    request,
    definition: classifierStep(spec, batchSize, labelSmoothing),
    source: pictureSource({ pictures, training, policy, mixing, batchSize, seed: request.seed }),
    recipe: { ...recipe, peakRate: recipe.peakRate * (parent ? WARM_RATE_SHARE : 1) },
    batchSize,
    pictures: training.length,
    initial: parent?.parameters,
    evaluate: validation.length > 0 ? (parameters) => evaluateParameters(spec, parameters, pictures, validation) : null,
    isChoosing,
  })
}
