import type { Readable } from 'node:stream'
import type { AppError } from '@vesalius/contracts'

/** One file of an import, not opened yet. */
export interface SourceFile {
  /** Its place in the archive or folder. */
  path: string
  byteSize: number
  /** Why it is refused without a look inside. */
  problem: AppError | null
  /** Files of one patient, by a name that tells nothing of them: they are kept together when images are split. */
  group?: string
  open(): Promise<Readable>
}

/** Where the files of an import come from. The same source opened again gives the same files in the same order. */
export interface ImportSource {
  total: number
  ignored: number
  files(): AsyncIterable<SourceFile> | Iterable<SourceFile>
  close(): Promise<void>
}

/** Bounds of one import. */
export const MOST_FILES = 100_000
export const LONGEST_PATH = 1000

/** Hidden files and the notes of operating systems; nobody means to upload them. */
export function isIgnored(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || IGNORED.has(part.toLowerCase()))
}

const IGNORED = new Set(['__macosx', 'thumbs.db', 'desktop.ini', '@eadir'])
