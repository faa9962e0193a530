import type { DeidentificationReport, ErrorCode, PixelSpacing } from '@vesalius/contracts'
import type { PictureFormat } from './picture-format.ts'

/** What the server and its decoding children say to each other. */

export type PreviewFormat = 'webp' | 'jpeg' | 'avif' | 'png'

export interface InspectTask {
  kind: 'inspect'
  file: string
  format: PictureFormat
  /** Whether what identifies people is taken out of the file first, in place. */
  deidentifies: boolean
}

export interface PreviewTask {
  kind: 'preview'
  file: string
  format: PictureFormat
  /** File to write. */
  target: string
  /** Most pixels in a row of the preview; a smaller picture keeps its size. */
  width: number
  /** Counted from 0. */
  frame: number
  encoding: PreviewFormat
  /** Only this part of the upright picture, in whole pixels inside it, at full size. */
  part?: { left: number; top: number; width: number; height: number }
}

export interface FramesTask {
  kind: 'frames'
  file: string
  /** File to write: all samples at full depth. */
  target: string
}

export interface TilesTask {
  kind: 'tiles'
  file: string
  format: PictureFormat
  /** File to write: a zip of tiles. */
  target: string
  /** Counted from 0. */
  frame: number
}

export type PictureTask = InspectTask | PreviewTask | FramesTask | TilesTask

/** What we know of a picture after decoding it to its end; width and height are of the upright picture, in pixels. */
export interface PictureFacts {
  width: number
  height: number
  bitDepth: number
  channels: number
  frames: number
  /** Null: the file does not state it. */
  spacing: PixelSpacing | null
}

export interface Deidentified {
  report: DeidentificationReport
  /** Of the file as it is now; null where nothing had to be removed. */
  stored: { byteSize: number; sha256: string } | null
}

export interface Inspected {
  facts: PictureFacts
  deidentified: Deidentified | null
}

export type PictureRequest = PictureTask & { maxPixels: number; memoryLimitBytes: number; secret: string }

export type PictureReply = { inspected: Inspected | null } | { code: ErrorCode; message: string }

/** Exit status of a child that used more memory than it may. */
export const OUT_OF_MEMORY_EXIT = 87
