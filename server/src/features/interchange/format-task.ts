import type { FormatName, ImageType, Reason } from '@vesalius/contracts'
import type { DatasetImage, FormatProblem, ReadOptions, ZipState } from '@vesalius/formats'

/** A line of the file of images that an export is written from. */
export interface ExportedImage extends DatasetImage {
  uri: string
}

export interface WriteTask {
  kind: 'write'
  format: FormatName
  imageType: ImageType
  classes: readonly string[]
  /** A line file of images. */
  images: string
  /** The zip archive to begin. */
  target: string
}

export interface ReadTask {
  kind: 'read'
  /** Recognised from the files where it is null. */
  format: FormatName | null
  /** As they were sent: archives are opened by the thread. */
  files: { name: string; path: string }[]
  options: ReadOptions
  /** The line file of images to write. */
  target: string
}

export type FormatTask = ReadTask | WriteTask

/** What was read, besides the images. */
export interface ReadSummary {
  format: FormatName
  classes: string[]
  images: number
  unmatched: string[]
  unmatchedCount: number
  problems: FormatProblem[]
}

export interface WriteSummary {
  zip: ZipState
  problems: FormatProblem[]
}

export type FormatMessage =
  | { kind: 'progress'; done: number }
  | { kind: 'read'; summary: ReadSummary }
  | { kind: 'written'; summary: WriteSummary }
  | { kind: 'not recognised' }
  | { kind: 'refused'; reason: Reason }
