import type { SegmentationMetrics } from '@vesalius/contracts'
import { hausdorff95 } from './segmentation-hausdorff.ts'
import { type InstanceTally, instancePrecision } from './segmentation-instances.ts'

/** One image: what a model and a person said about each class, all of `width` × `height`. */
export interface JudgedMasks {
  width: number
  height: number
  /** [class] [height, width] row-major, 0 is background. */
  predictions: readonly Uint8Array[]
  truths: readonly Uint8Array[]
  /** Pixels of the original for each pixel here, so that distances are those of the original. */
  pixelSize: number
}

/** What is counted image by image, so that no image has to be kept. */
export interface SegmentationTally {
  images: number
  classes: { support: number; shared: number; predicted: number; marked: number }[]
  distances: number[]
}

export function openTally(classCount: number): SegmentationTally {
  const classes = Array.from({ length: classCount }, () => ({ support: 0, shared: 0, predicted: 0, marked: 0 }))
  return { images: 0, classes, distances: [] }
}

export function tallyMasks(tally: SegmentationTally, { width, height, ...image }: JudgedMasks): void {
  tally.images += 1
  tally.classes.forEach((counts, place) => {
    const prediction = image.predictions[place]
    const truth = image.truths[place]
    if (!prediction || !truth) throw new RangeError(`no masks of class ${place}`)
    let shared = 0
    let predicted = 0
    let marked = 0
    for (let at = 0; at < truth.length; at += 1) {
      const isPredicted = prediction[at] !== 0
      const isMarked = truth[at] !== 0
      if (isPredicted) predicted += 1
      if (isMarked) marked += 1
      if (isPredicted && isMarked) shared += 1
    }
    counts.support += marked > 0 ? 1 : 0
    counts.shared += shared
    counts.predicted += predicted
    counts.marked += marked
    const distance = hausdorff95(prediction, truth, width, height)
    if (distance !== null) tally.distances.push(distance * image.pixelSize)
  })
}

/**
 * Dice 2·|A∩B|/(|A|+|B|) and IoU |A∩B|/|A∪B| of each class over the pixels of all images, null where nobody and no model
 * marked any; their means over classes. `hd95` is the mean over images and classes that have both outlines.
 */
export function measureSegmentation(
  classes: readonly string[],
  tally: SegmentationTally,
  { auroc, instances }: { auroc: number | null; instances: InstanceTally | null },
): SegmentationMetrics {
  const perClass = tally.classes.map(({ support, shared, predicted, marked }, place) => ({
    name: classes[place] ?? String(place),
    support,
    dice: predicted + marked > 0 ? (2 * shared) / (predicted + marked) : null,
    iou: predicted + marked > 0 ? shared / (predicted + marked - shared) : null,
  }))
  return {
    kind: 'segmentation',
    images: tally.images,
    dice: meanOf(perClass.map(({ dice }) => dice)),
    iou: meanOf(perClass.map(({ iou }) => iou)),
    hd95: meanOf(tally.distances),
    auroc,
    ap50: instances && instancePrecision(instances, 0.5),
    perClass,
  }
}

/** Of the values that are there; null for none. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null
}
