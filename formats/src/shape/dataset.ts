import type { BoundingBox, ImageType, LabelFile, Reason, TaskFamily } from '@vesalius/contracts'
import type { PictureGeometry } from '@vesalius/imaging'
import type { Problems } from './problems.ts'

/** The one shape between a project and every format. `class` is an index into the dataset's classes. */
export interface Dataset {
  classes: string[]
  images: DatasetImage[]
}

/** A dataset that is walked image by image, as often as a format needs, and never held as a whole. */
export interface DatasetSource {
  classes: readonly string[]
  images(): Iterable<DatasetImage>
}

/** Names are unique, and so are their stems: many formats know an image by its stem alone. */
export interface DatasetImage {
  name: string
  width: number
  height: number
  answer: ClassMark | null
  boxes: BoxMark[]
  masks: MaskMark[]
  tags: string[]
  /** Frames or pages of the picture; absent means 1. */
  frames?: number
  /** The frame this entry speaks of, for formats that know single pictures only; absent means the first, or all. */
  frame?: number
  /** A model's guess, not a person's answer. */
  isGuess?: boolean
  /** Where the picture lies in the world, as far as its file states it; only for formats that write it. */
  geometry?: PictureGeometry
  /** The label file as it was read; only the archive carries it. */
  label?: LabelFile
}

/** `weights[i]` in [0,1] is the support for class i. */
export interface ClassMark {
  class: number
  weights?: number[]
}

export interface BoxMark {
  class: number
  box: BoundingBox
  score?: number
  /** From 0; absent means 0. */
  frame?: number
}

/** `rle`: as in label files, of the image's size. */
export interface MaskMark {
  class: number
  rle: string
  score?: number
  /** From 0; absent means 0. */
  frame?: number
}

export interface FormatFile {
  path: string
  /** Files of an archive are unpacked when their bytes are asked for, each time. */
  readonly bytes: Uint8Array
}

/** A file being written: whole, or in parts that are made as they are taken. */
export interface OutFile {
  path: string
  bytes: Uint8Array | Iterable<Uint8Array>
}

/** What a writer gets. `images` may be walked more than once. */
export interface Writing extends DatasetSource {
  imageType: ImageType
  problems: Problems
}

export interface KnownImage {
  name: string
  /** The name people know it by, where that differs. */
  original?: string
  width: number
  height: number
  /** Absent means 1. */
  frames?: number
  geometry?: PictureGeometry
}

export interface ReadOptions {
  /** Images that exist. Without them sizes are taken from the files, where the format tells them. */
  known?: readonly KnownImage[]
  /** Classes in their order, for formats that write numbers without names. */
  classes?: readonly string[]
  /** Detection turns outlines into their boxes; segmentation takes outlines only. */
  family?: TaskFamily
  /** Whether a model's guesses are wanted, where a format keeps them apart; otherwise people's answers are. */
  content?: 'annotations' | 'guesses'
  /** By which UIDs of DICOM objects were replaced when the known images were de-identified. */
  uidSecret?: string
}

export interface ReadDataset {
  dataset: Dataset
  /** Names in the files that no known image has. */
  unmatched: string[]
  problems: FormatProblem[]
}

/** Something a file holds that did not come over, and where it is. */
export interface FormatProblem extends Where {
  /** In English. */
  reason: string
  /** The same by its parts. */
  told: Reason
}

export interface Where {
  file?: string
  line?: number
  image?: string
}
