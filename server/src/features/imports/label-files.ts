import type { Readable } from 'node:stream'
import { AppError, because, type LabelData, tellReason } from '@vesalius/contracts'
import type { ProjectRow } from '../../db/tables.ts'
import type { PictureFacts } from '../images/picture-protocol.ts'
import { readLabel } from '../ingest/upload-fields.ts'
import { fitMarks } from '../labels/fit-marks.ts'
import type { SourceFile } from './import-source.ts'

/** Label files beside images: `scan.label` or `scan.png.label` speaks of `scan.png` in the same folder. */

const ENDING = /\.label$/i
const MOST_BYTES = 32 * 1024 ** 2

export const isLabelFile = (path: string) => ENDING.test(path)

/** Label files by what they speak of: the path of an image, with or without its ending. */
export class LabelFiles {
  readonly #open = new Map<string, SourceFile>()
  readonly #twice: SourceFile[] = []

  /** `path`: its place in the source; the file's own may have been made unlike all others. */
  add(path: string, file: SourceFile): void {
    const key = path.replace(ENDING, '')
    if (this.#open.has(key)) this.#twice.push(file)
    else this.#open.set(key, file)
  }

  /** The label file of an image; it is given once. */
  take(imagePath: string): SourceFile | undefined {
    const stem = imagePath.replace(/\.[^./]+$/, '')
    const key = this.#open.has(imagePath) ? imagePath : stem
    const found = this.#open.get(key)
    this.#open.delete(key)
    return found
  }

  /** Those that no image took. */
  left(): SourceFile[] {
    return [...this.#open.values(), ...this.#twice]
  }
}

/** What a label file says of an image. Throws AppError. */
export async function readLabelFile(
  file: SourceFile,
  project: ProjectRow,
  facts: PictureFacts,
): Promise<{ data: LabelData }> {
  if (file.problem) throw file.problem
  if (file.byteSize > MOST_BYTES)
    throw new AppError('FILE_TOO_LARGE', 'The label file is larger than this server takes.')
  return { data: fitMarks(readLabel(project, await readText(await file.open())), facts) }
}

/** What a source says of a size may be wrong. */
async function readText(stream: Readable): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > MOST_BYTES) throw new AppError('FILE_TOO_LARGE', 'The label file is larger than this server takes.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

export function lonelyLabel(): AppError {
  const told = because`There is no picture of this name beside it.`
  return new AppError('LABEL_MISMATCH', tellReason(told), { told })
}

export function labelOfRefused(): AppError {
  const told = because`The picture of this name was not taken, so its label was not either.`
  return new AppError('LABEL_MISMATCH', tellReason(told), { told })
}
