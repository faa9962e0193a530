import { choosePictureFormat } from '../../data/picture-format.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { measureDetection } from '../../metrics/detection.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { MarkedItem, TrainingOutcome, TrainingRequest, TrainingUpdate } from '../../runner/messages.ts'
import { type Clock, startClock } from '../../train/clock.ts'
import { learn } from '../../train/learn.ts'
import { createProgressReporter, type ReportProgress } from '../../train/progress.ts'
import { saveModel } from '../../train/save-model.ts'
import { budgetShare, fingerprintItems, shareOfNews } from '../../train/warm-budget.ts'
import { viewSource } from './batches.ts'
import { calibrateMarks, fitCalibrations } from './calibrate.ts'
import { weighClasses } from './class-weights.ts'
import { encodeDetector } from './detector-file.ts'
import { detectorStep, startingParameters } from './detector-step.ts'
import { evaluateParameters } from './evaluate.ts'
import type { FinderSettings } from './find-boxes.ts'
import type { DetectorCard } from './model-card.ts'
import type { DetectorSpec } from './network-spec.ts'
import { type PreparedData, prepareData } from './prepare-data.ts'
import { type DetectorRecipe, RECIPE, VIEW_POLICY } from './recipe.ts'
import { chooseViewSize } from './view-size.ts'
import { fingerprintMarks, type Parent, readParent } from './warm-start.ts'

/** Going on from a model needs smaller steps than starting from nothing. */
const WARM_RATE_SHARE = 0.3
/** On fewer held-out images or marks the best epoch is the luckiest one. */
const FEWEST_TO_CHOOSE_BY = 20
/** Held-out images looked at after each epoch. */
const MOST_JUDGED = 120

/** One run on its way: what every part of it needs. */
interface Run {
  request: TrainingRequest
  recipe: DetectorRecipe
  parent: Parent | null
  spec: DetectorSpec
  data: PreparedData
  settings: FinderSettings
  viewSize: number
  fingerprint: string
  clock: Clock
  budgetSeconds: number
  report: ReportProgress
  onUpdate: (update: TrainingUpdate) => void
}

/**
 * One whole training: reads images and marks, trains within the budget, picks the best epoch on held-out images, learns
 * there what scores mean, and writes `model.onnx` into the request's folder. Goes on from the folder's checkpoint.
 * The held-out images chose epoch and thresholds, so their figures lean a little to the good side.
 * Throws TrainingError, or what the file system throws.
 */
export async function trainDetector(
  request: TrainingRequest,
  onUpdate: (update: TrainingUpdate) => void = () => {},
  recipe: DetectorRecipe = RECIPE,
): Promise<TrainingOutcome> {
  const clock = startClock(request.clock)
  const { classes, budgetMinutes, imageSize } = request
  const items = requireMarkedItems(request)
  const parent = readParent(request)
  const report = createProgressReporter(onUpdate, { clock, budgetSeconds: budgetMinutes * 60 })

  report({ phase: 'reading' })
  const files = items.map((item) => item.file)
  const channels = parent?.card.channels ?? (await choosePictureFormat(files, imageSize)).channels
  const data = await prepareData(request, items, { channels, parent }, (done) =>
    report({ phase: 'reading' }, done / items.length),
  )
  try {
    const fingerprinted = fingerprintMarks(items, data.marks)
    const share = parent ? budgetShare(shareOfNews(fingerprinted, parent.card.trainedOn)) : 1
    const { normalisation } = data.pictures
    return await trainPrepared({
      request,
      recipe,
      parent,
      spec: { channels, classCount: classes.length },
      data,
      settings: { ...normalisation, channels, scale: data.scale, largestBox: data.largestBox },
      viewSize: parent?.card.viewSize ?? chooseViewSize(data.seenSizes, imageSize),
      fingerprint: fingerprintItems(fingerprinted),
      clock,
      budgetSeconds: budgetMinutes * 60 * share,
      report,
      onUpdate,
    })
  } finally {
    data.close()
  }
}

async function trainPrepared(run: Run): Promise<TrainingOutcome> {
  const { request, spec, data, settings, viewSize, clock, report } = run
  const { classes, taskType, directory } = request
  const { parameters, epochs, secondsBefore } = await learnBoxes(run)

  report({ phase: 'evaluating' })
  const { heldOut } = data
  const judged = heldOut.length > 0 ? await evaluateParameters(parameters, heldOut, settings, classes.length) : null
  const calibrations = fitCalibrations(judged?.images ?? [], classes.length)
  const images = judged?.images.map((image) => ({ ...image, guesses: calibrateMarks(image.guesses, calibrations) }))
  const thresholds = calibrations.map(({ threshold }) => threshold)

  report({ phase: 'saving' })
  const { mean, deviation, channels, scale, largestBox } = settings
  const card: DetectorCard = {
    kind: 'detector',
    ...{ taskType, classes, channels, mean, deviation, scale, viewSize, largestBox, calibrations },
    trainedOn: run.fingerprint,
  }
  const saved = saveModel(directory, encodeDetector(spec, parameters, card))
  report({ phase: 'done', secondsLeft: 0 })
  return {
    ...saved,
    metrics: images ? measureDetection(classes, images, thresholds) : null,
    imageSize: viewSize,
    trainingImages: data.trainingImages,
    validationImages: heldOut.length,
    epochs,
    seconds: clock() + secondsBefore,
    skipped: data.skipped,
  }
}

function learnBoxes({ request, recipe: whole, parent, spec, data, settings, viewSize, ...run }: Run) {
  const { pictures, training, heldOut, isUpright } = data
  const { batchSize, boxShare, fewestShown, ...recipe } = whole
  const stride = Math.max(1, Math.ceil(heldOut.length / MOST_JUDGED))
  const judged = heldOut.filter((_, place) => place % stride === 0)
  const judgedMarks = judged.reduce((sum, { marks }) => sum + marks.length, 0)
  const classWeights = weighClasses(
    training.map((position) => pictures.marksAt(position)),
    spec.classCount,
  )
  const policy = { ...VIEW_POLICY, isUpright }
  return learn({
    ...run,
    request,
    definition: detectorStep(spec, { batchSize, size: viewSize, boxShare, classWeights }),
    source: viewSource({ pictures, training, policy, size: viewSize, batchSize, seed: request.seed }),
    recipe: { ...recipe, peakRate: recipe.peakRate * (parent ? WARM_RATE_SHARE : 1) },
    batchSize,
    pictures: Math.max(fewestShown, training.length),
    initial: new Map([...startingParameters(spec), ...(parent?.parameters ?? [])]),
    evaluate:
      judged.length > 0
        ? (parameters: NamedTensors) => evaluateParameters(parameters, judged, settings, spec.classCount)
        : null,
    isChoosing: judged.length >= FEWEST_TO_CHOOSE_BY && judgedMarks >= FEWEST_TO_CHOOSE_BY,
  })
}

function requireMarkedItems({ items }: TrainingRequest): MarkedItem[] {
  return items.map((item) => {
    if (!('labelFile' in item)) throw new TrainingError('TRAINING_FAILED', 'a detector learns from marked images')
    return item
  })
}
