import type { BoundingBox, LabelFile, TaskFamily } from '@vesalius/contracts'

/** The one shape between a project and every format. `class` is an index into the dataset's classes. */
export interface Dataset {
  classes: string[]
  images: DatasetImage[]
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
}

/** `rle`: as in label files, of the image's size. */
export interface MaskMark {
  class: number
  rle: string
  score?: number
}

export interface FormatFile {
  path: string
  bytes: Uint8Array
}

export interface Written {
  files: FormatFile[]
  /** Where the format expects each image's own file, in the order of the dataset's images. */
  imagePaths: string[]
  problems: FormatProblem[]
}

export interface KnownImage {
  name: string
  /** The name people know it by, where that differs. */
  original?: string
  width: number
  height: number
}

export interface ReadOptions {
  /** Images that exist. Without them sizes are taken from the files, where the format tells them. */
  known?: readonly KnownImage[]
  /** Classes in their order, for formats that write numbers without names. */
  classes?: readonly string[]
  /** Detection turns outlines into their boxes; segmentation takes outlines only. */
  family?: TaskFamily
}

export interface ReadDataset {
  dataset: Dataset
  /** Names in the files that no known image has. */
  unmatched: string[]
  problems: FormatProblem[]
}

/** Something a file holds that did not come over, and where it is. */
export interface FormatProblem {
  reason: string
  file?: string
  line?: number
  image?: string
}
