import type { Backbone, CurvePoint, ImageType, Metrics, RunProgress } from '@vesalius/contracts'
import type { ClockKind } from '../train/clock.ts'

interface AnnotatedFile {
  imageId: string
  /** Path of the image file. */
  file: string
  /** Images of one group (a patient, a slide) never fall on both sides of the split. */
  group: string
}

/** An annotated image of a classification: `value` is the class index, 0-based. */
export interface ClassItem extends AnnotatedFile {
  value: number
}

/** An annotated image of a detection or segmentation: `labelFile` holds the label's `data` as JSON. */
export interface MarkedItem extends AnnotatedFile {
  labelFile: string
}

/** One annotated image to learn from. */
export type TrainingItem = ClassItem | MarkedItem

export interface TrainingRequest {
  taskType: ImageType
  classes: string[]
  items: TrainingItem[]
  backbone: Backbone
  /** Side of the square the network sees, in pixels; null: chosen from the images. */
  imageSize: number | null
  seed: number
  /** Upper bound for the whole run, in minutes of its clock. */
  budgetMinutes: number
  /** Memory after which the run ends with MEMORY_LIMIT_REACHED, in MiB; missing or null: what the machine has. */
  memoryLimitMb?: number | null | undefined
  /** Missing: the clock on the wall. */
  clock?: ClockKind | undefined
  /** A model file of this engine to start from, when its backbone and classes fit; null: from scratch. */
  warmStartModel: string | null
  /** What a warm start changes: the whole network, or its last layer alone, which takes seconds. Missing: whole. */
  scope?: 'whole' | 'head' | undefined
  /** An existing folder for the checkpoint and the finished `model.onnx`; a run that finds its checkpoint here resumes. */
  directory: string
}

export interface TrainingOutcome {
  modelFile: string
  sha256: string
  byteSize: number
  metrics: Metrics | null
  imageSize: number
  trainingImages: number
  validationImages: number
  epochs: number
  seconds: number
  /** Image ids that could not be read and were left out, with the reason. */
  skipped: { imageId: string; reason: string }[]
}

export type TrainingUpdate = { kind: 'progress'; progress: RunProgress } | { kind: 'epoch'; point: CurvePoint }

interface Answered {
  /** Milliseconds from the request to the answer, decoding included. */
  latencyMs: number
}

/** What a classification model says about one image. Probabilities are calibrated and sum to 1. */
export interface ClassPrediction extends Answered {
  probabilities: number[]
}

export interface ScoredBox {
  /** `[x, y, width, height]` in pixels of the original image. */
  box: [number, number, number, number]
  class: number
  /** Probability that a person would mark it so. */
  score: number
}

/** What a detector says, best first. */
export interface BoxPrediction extends Answered {
  boxes: ScoredBox[]
  /** Less probable ones, below what the model was found to be right from; for measuring it, not for a label. */
  doubtful: ScoredBox[]
}

/** What a segmenter says: masks in COCO compressed run-length encoding of `size` [height, width]. */
export interface MaskPrediction extends Answered {
  size: [number, number]
  masks: { class: number; rle: string; score: number }[]
}

export type Prediction = ClassPrediction | BoxPrediction | MaskPrediction
