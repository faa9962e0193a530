import type { FormatName, ImageType } from '@vesalius/contracts'
import type { Dataset, FormatFile, ReadDataset, ReadOptions, Written } from '@vesalius/formats'

export interface ReadTask {
  kind: 'read'
  format: FormatName
  /** As they were sent: archives are opened by the worker. */
  files: FormatFile[]
  options: ReadOptions
}

export interface WriteTask {
  kind: 'write'
  format: FormatName
  dataset: Dataset
  imageType: ImageType
}

export type FormatTask = ReadTask | WriteTask
export type FormatAnswer = { read: ReadDataset } | { written: Written } | { refused: string }
