import { z } from 'zod'

const rate = z.number().min(0).max(1).nullable()

export const ClassMetrics = z
  .object({
    name: z.string(),
    support: z.int(),
    precision: rate,
    recall: rate,
    f1: rate,
    /** One class against the rest; null when the set holds only one side. */
    auroc: rate,
  })
  .meta({ id: 'ClassMetrics' })

/** Measured on images the training never saw; per image, every image counted once. */
export const ClassificationMetrics = z
  .object({
    kind: z.literal('classification'),
    images: z.int(),
    accuracy: rate,
    /** Mean recall over classes present. */
    balancedAccuracy: rate,
    /** Binary: of class 1. Multi-class: macro mean, one against the rest. */
    auroc: rate,
    /** Expected calibration error, 15 bins of equal width. */
    ece: rate,
    loss: z.number().nullable(),
    accuracyInterval: z.tuple([z.number(), z.number()]).nullable(),
    /** Rows: truth, columns: answer; in class order. */
    confusion: z.array(z.array(z.int())),
    perClass: z.array(ClassMetrics),
  })
  .meta({ id: 'ClassificationMetrics' })
export type ClassificationMetrics = z.infer<typeof ClassificationMetrics>

/** Of one class of a detection. Rates at IoU .5, counting boxes of at least `threshold`. */
export const DetectionClassMetrics = z
  .object({
    name: z.string(),
    /** Boxes in the reference. */
    support: z.int(),
    threshold: z.number(),
    precision: rate,
    recall: rate,
    f1: rate,
    ap50: rate,
  })
  .meta({ id: 'DetectionClassMetrics' })

/** Boxes measured on images the training never saw, as COCO does: all sizes, 100 guesses for each image and class. */
export const DetectionMetrics = z
  .object({
    kind: z.literal('detection'),
    images: z.int(),
    boxes: z.int(),
    /** Mean average precision at IoU .5. */
    map50: rate,
    /** The mean of those at IoU .50, .55 … .95. */
    map: rate,
    perClass: z.array(DetectionClassMetrics),
  })
  .meta({ id: 'DetectionMetrics' })
export type DetectionMetrics = z.infer<typeof DetectionMetrics>

export const SegmentationClassMetrics = z
  .object({
    name: z.string(),
    /** Images in which a person marked the class. */
    support: z.int(),
    dice: rate,
    iou: rate,
  })
  .meta({ id: 'SegmentationClassMetrics' })

export const SegmentationMetrics = z
  .object({
    kind: z.literal('segmentation'),
    images: z.int(),
    /** Mean over classes, each over all pixels of all images. */
    dice: rate,
    iou: rate,
    /** 95th percentile of the distance between outlines, in pixels; mean over images that have both outlines. */
    hd95: z.number().nullable(),
    /** Over pixels; null when the model gives no probabilities of one class against the rest. */
    auroc: rate,
    /** Instances matched at an overlap of .5: TP / (TP + FP + FN); null where there are no instances. */
    ap50: rate,
    perClass: z.array(SegmentationClassMetrics),
  })
  .meta({ id: 'SegmentationMetrics' })
export type SegmentationMetrics = z.infer<typeof SegmentationMetrics>

/** What a model was found to be worth, by kind of task. */
export const Metrics = z
  .discriminatedUnion('kind', [ClassificationMetrics, DetectionMetrics, SegmentationMetrics])
  .meta({ id: 'Metrics' })
export type Metrics = z.infer<typeof Metrics>

/** The one figure by which people compare models of a task, 0..1. */
export function headlineOf(metrics: Metrics): { name: 'accuracy' | 'map50' | 'dice'; value: number | null } {
  switch (metrics.kind) {
    case 'classification':
      return { name: 'accuracy', value: metrics.accuracy }
    case 'detection':
      return { name: 'map50', value: metrics.map50 }
    case 'segmentation':
      return { name: 'dice', value: metrics.dice }
  }
}
