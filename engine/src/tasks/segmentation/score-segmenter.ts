import { readFile } from 'node:fs/promises'
import type { SegmentationMetrics } from '@vesalius/contracts'
import { decodePicture, readImageHeader } from '../../data/decode-image.ts'
import { meanOf, measureSegmentation, openTally, tallyMasks } from '../../metrics/segmentation.ts'
import { openHistogram, pixelAuroc } from '../../metrics/segmentation-histogram.ts'
import {
  emptyTally,
  INSTANCE_THRESHOLDS,
  instancePrecision,
  tallyInstances,
} from '../../metrics/segmentation-instances.ts'
import { openOnnx } from '../../onnx.ts'
import { PredictionError } from '../../runner/errors.ts'
import { countInto } from './evaluate.ts'
import { findMasks } from './find-masks.ts'
import { collectMaps } from './infer-maps.ts'
import { mapCount } from './network-spec.ts'
import { type PaintedLabel, paintLabel, readMasks, resizeLabel } from './read-masks.ts'
import { type Size, seenSize } from './seen-picture.ts'
import { decodeSegmenter } from './segmenter-file.ts'

export interface ScoredItem {
  file: string
  labelFile: string
  /** [height, width] of the image: 0 where nothing counts; missing: everything counts. */
  field?: Uint8Array
}

export interface SegmentationScore extends SegmentationMetrics {
  /** Precision of instances at IoU .50, .55 … .95; null without instances. */
  precisions: (number | null)[] | null
}

/**
 * What a model is worth on annotated images, at their own size. Throws PredictionError when the file is no segmentation
 * model, UnreadableImageError or UnreadableMasksError for an item.
 */
export async function scoreSegmenter(modelFile: string, items: readonly ScoredItem[]): Promise<SegmentationScore> {
  const bytes = await readFile(modelFile)
  const card = decodeSegmenter(bytes)?.card
  if (!card) throw new PredictionError('this file is not a segmentation model of this engine')
  const { classes, channels, scale } = card
  const spec = { channels, classCount: classes.length, hasInstances: card.instances !== null }
  const session = await openOnnx(bytes)
  const histograms = classes.map(openHistogram)
  const tally = openTally(classes.length)
  const matches = emptyTally()
  try {
    for (const { file, labelFile, field } of items) {
      const size = await readImageHeader(file)
      const seen = seenSize(size, scale)
      const picture = { ...seen, channels, pixels: await decodePicture(file, { ...seen, channels }) }
      const truth = keepField(paintLabel(await readMasks(labelFile, classes, size), size, spec), field)
      const small = resizeLabel(truth, seen)
      const isCounted = field ? resizeLabel({ ...size, regions: [field], instances: null }, seen).regions[0] : undefined
      const onValue = countInto(histograms, small.regions, isCounted)
      const maps = await collectMaps(session, mapCount(spec), picture, onValue)
      const found = keepField(paintLabel(findMasks(maps, seen, size, card), size, spec), field)
      tallyMasks(tally, { ...pick(size), pixelSize: 1, predictions: found.regions, truths: truth.regions })
      if (found.instances && truth.instances) tallyInstances(matches, found.instances, truth.instances)
    }
  } finally {
    await session.dispose()
  }
  const auroc = meanOf(histograms.map(pixelAuroc))
  const instances = spec.hasInstances ? matches : null
  return {
    ...measureSegmentation(classes, tally, { auroc, instances }),
    precisions: instances && INSTANCE_THRESHOLDS.map((threshold) => instancePrecision(instances, threshold)),
  }
}

const pick = ({ width, height }: Size): Size => ({ width, height })

function keepField(label: PaintedLabel, field: Uint8Array | undefined): PaintedLabel {
  if (!field) return label
  return {
    ...label,
    regions: label.regions.map((region) => region.map((value, at) => (field[at] === 0 ? 0 : value))),
    instances: label.instances?.map((value, at) => (field[at] === 0 ? 0 : value)) ?? null,
  }
}
