import { readFile } from 'node:fs/promises'
import type { SegmentationMetrics } from '@vesalius/contracts'
import { readImageHeader } from '../../data/decode-image.ts'
import { meanOf, measureSegmentation, openTally, tallyMasks } from '../../metrics/segmentation.ts'
import { openHistogram, pixelAuroc } from '../../metrics/segmentation-histogram.ts'
import {
  emptyTally,
  INSTANCE_THRESHOLDS,
  type InstanceTally,
  instancePrecision,
  poolTallies,
  tallyInstances,
} from '../../metrics/segmentation-instances.ts'
import { openOnnx } from '../../onnx.ts'
import { PredictionError } from '../../runner/errors.ts'
import { countInto } from './evaluate.ts'
import { findMasks } from './find-masks.ts'
import { lookAt } from './look.ts'
import { type PaintedLabel, paintLabel, readMasks, resizeLabel } from './read-masks.ts'
import type { Size } from './seen-picture.ts'
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
  /** How the instances of each item match, in order; empty without instances. */
  matches: InstanceTally[]
}

/**
 * What a model is worth on annotated images, at their own size. Throws PredictionError when the file is no segmentation
 * model, UnreadableImageError or UnreadableMasksError for an item.
 */
export async function scoreSegmenter(modelFile: string, items: readonly ScoredItem[]): Promise<SegmentationScore> {
  const bytes = await readFile(modelFile)
  const card = decodeSegmenter(bytes)?.card
  if (!card) throw new PredictionError('this file is not a segmentation model of this engine')
  const { classes } = card
  const spec = { channels: card.channels, classCount: classes.length, hasInstances: card.instances !== null }
  const session = await openOnnx(bytes)
  const histograms = classes.map(openHistogram)
  const tally = openTally(classes.length)
  const matches: InstanceTally[] = []
  try {
    for (const { file, labelFile, field } of items) {
      const size = await readImageHeader(file)
      const truth = keepField(paintLabel(await readMasks(labelFile, classes, size), size, spec), field)
      const { seen, maps } = await lookAt(session, card, file, size, (seen) => {
        const isCounted = field
          ? resizeLabel({ ...size, regions: [field], instances: null }, seen).regions[0]
          : undefined
        return countInto(histograms, resizeLabel(truth, seen).regions, isCounted)
      })
      const found = keepField(paintLabel(findMasks(maps, seen, size, card), size, spec), field)
      tallyMasks(tally, { ...pick(size), pixelSize: 1, predictions: found.regions, truths: truth.regions })
      if (!found.instances || !truth.instances) continue
      const own = emptyTally()
      tallyInstances(own, found.instances, truth.instances)
      matches.push(own)
    }
  } finally {
    await session.dispose()
  }
  const auroc = meanOf(histograms.map(pixelAuroc))
  const instances = spec.hasInstances ? poolTallies(matches) : null
  return {
    ...measureSegmentation(classes, tally, { auroc, instances }),
    matches,
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
