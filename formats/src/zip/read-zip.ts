import { crc32, inflateRawSync } from 'node:zlib'
import type { FormatFile } from '../shape/dataset.ts'
import { FormatError } from '../shape/problems.ts'

const MOST_ENTRIES = 400_000

/** What all files of one import together may hold. */
export class FileBudget {
  #bytes: number

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  /** Throws FormatError when there is no room left. */
  take(bytes: number): void {
    this.#bytes -= bytes
    if (this.#bytes < 0) throw new FormatError('the files are too large together')
  }
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

/**
 * Files of a zip archive, in memory: paths are names and nothing is written anywhere. Files that are not wanted come
 * without bytes. Refuses, with FormatError, what is damaged, encrypted, split, or says less than it unpacks to.
 */
export function readZip(bytes: Uint8Array, budget: FileBudget, isWanted: (path: string) => boolean): FormatFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffff_ffff) throw new FormatError('archives of the 64-bit kind are not read')
  if (count > MOST_ENTRIES) throw new FormatError(`the archive holds more than ${MOST_ENTRIES} files`)
  const files: FormatFile[] = []
  try {
    for (let index = 0; index < count; index += 1) {
      if (view.getUint32(at, true) !== 0x02014b50) throw new FormatError('the archive is damaged')
      const nameLength = view.getUint16(at + 28, true)
      const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/')
      const isShown = !path.endsWith('/') && !/(^|\/)(__MACOSX\/|\.)/.test(path)
      if (isShown) files.push({ path, bytes: isWanted(path) ? unpack(bytes, view, at, budget) : new Uint8Array(0) })
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw new FormatError('the archive is cut off', { cause })
    throw cause
  }
  return files
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  throw new FormatError('the archive is cut off')
}

function unpack(bytes: Uint8Array, view: DataView, entry: number, budget: FileBudget): Uint8Array {
  const [flags, method] = [view.getUint16(entry + 8, true), view.getUint16(entry + 10, true)]
  const [checksum, packed, size] = [16, 20, 24].map((field) => view.getUint32(entry + field, true))
  const head = view.getUint32(entry + 42, true)
  if (flags & 1) throw new FormatError('the archive is encrypted')
  if (method !== 0 && method !== 8) throw new FormatError('the archive is packed in a way that is not read')
  const start = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true)
  const data = bytes.subarray(start, start + (packed ?? 0))
  budget.take(size ?? 0)
  const content = method === 0 ? data : inflate(data, size ?? 0)
  if (content.length !== size || crc32(content) !== checksum) throw new FormatError('the archive is damaged')
  return content
}

function inflate(data: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) })
  } catch (cause) {
    throw new FormatError('the archive is damaged', { cause })
  }
}
