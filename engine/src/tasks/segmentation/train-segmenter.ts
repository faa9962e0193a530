import { choosePictureFormat } from '../../data/picture-format.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { MarkedItem, TrainingOutcome, TrainingRequest, TrainingUpdate } from '../../runner/messages.ts'
import { type Clock, startClock } from '../../train/clock.ts'
import { learn } from '../../train/learn.ts'
import { createProgressReporter, type ReportProgress } from '../../train/progress.ts'
import { saveModel } from '../../train/save-model.ts'
import { budgetShare, fingerprintItems, shareOfNews } from '../../train/warm-budget.ts'
import { cropSource } from './batches.ts'
import { evaluateParameters, type HeldOutPicture, judgeSegmenter, usualRules } from './evaluate.ts'
import type { SegmenterCard } from './model-card.ts'
import type { SegmenterSpec } from './network-spec.ts'
import { type PreparedData, prepareData } from './prepare-data.ts'
import {
  AIMED_SHARE,
  chooseBatchSize,
  chooseCropSide,
  chooseRecipe,
  chooseShapes,
  chooseStride,
  chooseTones,
  cropsPerEpoch,
} from './recipe.ts'
import { encodeSegmenter } from './segmenter-file.ts'
import { segmenterStep } from './segmenter-step.ts'
import { fingerprintLabels, type Parent, readParent } from './warm-start.ts'

/** Going on from a model needs smaller steps than starting from nothing. */
const WARM_RATE_SHARE = 0.3
/** On fewer held-out images the best epoch is the luckiest one. */
const FEWEST_TO_CHOOSE_BY = 20
/** Held-out pixels looked at after each epoch. */
const MOST_JUDGED_PIXELS = 2e6
/** Held-out pixels looked at at the end, by the seconds of the run: judging must not outlast the budget. */
const FINAL_PIXELS = { perSecond: 40_000, least: 2e6, most: 64e6 }
const CELL = 3004
const VESSEL = 3003

/** One run on its way: what every part of it needs. */
interface Run {
  request: TrainingRequest
  parent: Parent | null
  spec: SegmenterSpec
  data: PreparedData
  cropSide: number
  fingerprint: string
  clock: Clock
  budgetSeconds: number
  report: ReportProgress
  onUpdate: (update: TrainingUpdate) => void
}

/**
 * One whole training: reads images and masks, trains within the budget, learns on held-out images how maps become masks,
 * and writes `model.onnx` into the request's folder. Goes on from the folder's checkpoint.
 * Throws TrainingError, or what the file system throws.
 */
export async function trainSegmenter(
  request: TrainingRequest,
  onUpdate: (update: TrainingUpdate) => void = () => {},
): Promise<TrainingOutcome> {
  const clock = startClock(request.clock)
  const { classes, budgetMinutes, imageSize, taskType } = request
  const items = requireMarkedItems(request)
  const hasInstances = taskType === CELL
  const parent = readParent(request, hasInstances)
  const fingerprinted = fingerprintLabels(items)
  const share = parent ? budgetShare(shareOfNews(fingerprinted, parent.card.trainedOn)) : 1
  const budgetSeconds = budgetMinutes * 60 * share
  const report = createProgressReporter(onUpdate, { clock, budgetSeconds })

  report({ phase: 'reading' })
  const files = items.map((item) => item.file)
  const channels = parent?.card.channels ?? (await choosePictureFormat(files, imageSize)).channels
  const stride = parent?.card.stride ?? chooseStride(hasInstances)
  const spec = { channels, classCount: classes.length, hasInstances, stride }
  const data = await prepareData(request, items, { spec, parent: parent?.card ?? null }, (done) =>
    report({ phase: 'reading' }, done / items.length),
  )
  try {
    const cropSide = parent?.card.cropSide ?? chooseCropSide(data.seenSizes, imageSize)
    const fingerprint = fingerprintItems(fingerprinted)
    return await trainPrepared({
      ...{ request, parent, spec, data, cropSide, fingerprint, clock, budgetSeconds, report, onUpdate },
    })
  } finally {
    data.close()
  }
}

async function trainPrepared(run: Run): Promise<TrainingOutcome> {
  const { request, spec, data, cropSide, clock, report } = run
  const { classes, taskType, directory } = request
  const { scale, diameter, smallestArea } = data
  const { parameters, epochs, secondsBefore } = await learnRegions(run)

  report({ phase: 'evaluating' })
  const { perSecond, least, most } = FINAL_PIXELS
  const heldOut = thinOut(data.heldOut, Math.min(most, Math.max(least, perSecond * run.budgetSeconds)))
  const judged =
    heldOut.length > 0 ? await judgeSegmenter(spec, parameters, heldOut, { classes, smallestArea, diameter }) : null
  const { calibrations, instances } = judged ?? usualRules(spec, smallestArea)

  report({ phase: 'saving' })
  const card: SegmenterCard = {
    kind: 'segmenter',
    ...{ taskType, classes, channels: spec.channels, scale, stride: spec.stride, cropSide, calibrations },
    instances: instances && { ...instances, diameter },
    trainedOn: run.fingerprint,
  }
  const saved = saveModel(directory, encodeSegmenter(spec, parameters, card))
  report({ phase: 'done', secondsLeft: 0 })
  return {
    ...saved,
    metrics: judged?.metrics ?? null,
    imageSize: cropSide,
    trainingImages: data.trainingImages,
    validationImages: data.heldOutImages,
    epochs,
    seconds: clock() + secondsBefore,
    skipped: data.skipped,
  }
}

function learnRegions({ request, parent, spec, data, cropSide, ...run }: Run) {
  const { pieces, heldOut, isUpright, seenSizes, smallestArea } = data
  const batchSize = chooseBatchSize(cropSide, spec.hasInstances)
  const recipe = chooseRecipe(spec.hasInstances)
  const judged = thinOut(heldOut, MOST_JUDGED_PIXELS)
  // Vessels and cells look the same whichever way a picture is turned, even where the whole picture has a way up.
  const isTurnable = request.taskType === CELL || request.taskType === VESSEL
  const shape = chooseShapes({ isUpright: isUpright && !isTurnable, hasInstances: spec.hasInstances })
  return learn({
    ...run,
    request,
    definition: segmenterStep(spec, batchSize, cropSide),
    source: cropSource({
      ...{
        pieces,
        shape,
        tone: chooseTones(spec.hasInstances),
        side: cropSide,
        stride: spec.stride,
        batchSize,
        aimedShare: AIMED_SHARE,
        seed: request.seed,
      },
    }),
    recipe: { ...recipe, peakRate: recipe.peakRate * (parent ? WARM_RATE_SHARE : 1) },
    batchSize,
    pictures: cropsPerEpoch(seenSizes, cropSide),
    initial: parent?.parameters,
    evaluate:
      judged.length > 0
        ? (parameters: NamedTensors) => evaluateParameters(spec, parameters, judged, smallestArea)
        : null,
    isChoosing: judged.length >= FEWEST_TO_CHOOSE_BY,
  })
}

/** Some of the pictures, evenly from all, that have no more pixels than this together; at least one. */
function thinOut(pictures: readonly HeldOutPicture[], mostPixels: number): HeldOutPicture[] {
  const pixels = pictures.reduce((sum, { width, height }) => sum + width * height, 0)
  const stride = Math.max(1, pixels / mostPixels)
  const kept = Math.max(Math.min(1, pictures.length), Math.floor(pictures.length / stride))
  return Array.from({ length: kept }, (_, place) => pictures[Math.floor((place * pictures.length) / kept)]).filter(
    (picture) => picture !== undefined,
  )
}

function requireMarkedItems({ items }: TrainingRequest): MarkedItem[] {
  return items.map((item) => {
    if (!('labelFile' in item)) throw new TrainingError('TRAINING_FAILED', 'a segmenter learns from marked images')
    return item
  })
}
