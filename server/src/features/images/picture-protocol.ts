import type { ErrorCode } from '@vesalius/contracts'
import type { PictureFormat } from './picture-format.ts'

/** What the server and its decoding children say to each other. */

export type PreviewFormat = 'webp' | 'jpeg' | 'avif' | 'png'

export interface InspectTask {
  kind: 'inspect'
  file: string
  format: PictureFormat
}

export interface PreviewTask {
  kind: 'preview'
  file: string
  format: PictureFormat
  /** File to write. */
  target: string
  /** Most pixels in a row of the preview; a smaller picture keeps its size. */
  width: number
  encoding: PreviewFormat
}

export type PictureTask = InspectTask | PreviewTask

/** What we know of a picture after decoding it to its end; width and height are of the upright picture, in pixels. */
export interface PictureFacts {
  width: number
  height: number
  bitDepth: number
  channels: number
}

export type PictureRequest = PictureTask & { maxPixels: number; memoryLimitBytes: number }

export type PictureReply = { facts: PictureFacts | null } | { code: ErrorCode; message: string }

/** Exit status of a child that used more memory than it may. */
export const OUT_OF_MEMORY_EXIT = 87
