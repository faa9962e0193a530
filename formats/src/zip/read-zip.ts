import { crc32, inflateRawSync } from 'node:zlib'
import { because } from '@vesalius/contracts'
import type { FormatFile } from '../shape/dataset.ts'
import { FormatError } from '../shape/problems.ts'

const MOST_ENTRIES = 400_000
const MOST_DIRECTORY_BYTES = 256 * 1024 * 1024

/** What all files of one import together may hold. */
export class FileBudget {
  #bytes: number

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  /** Throws FormatError when there is no room left. */
  take(bytes: number): void {
    this.#bytes -= bytes
    if (this.#bytes < 0) throw new FormatError(because`the files are too large together`)
  }
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

/** Bytes that can be read at any place: in memory, or of an open file. */
export interface ByteSource {
  size: number
  read(start: number, length: number): Uint8Array
}

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (start, length) => bytes.subarray(start, start + length) }
}

/**
 * Files of a zip archive: paths are names and nothing is written anywhere; each is unpacked when its bytes are asked for.
 * What all of them say they hold is taken from the budget at once. Refuses, with FormatError, what is damaged, encrypted,
 * split, or says less than it unpacks to.
 */
export function openZip(source: ByteSource, budget: FileBudget, isWanted: (path: string) => boolean): FormatFile[] {
  const { start, size, count } = findDirectory(source)
  if (count > MOST_ENTRIES || size > MOST_DIRECTORY_BYTES) {
    throw new FormatError(because`the archive holds more than ${MOST_ENTRIES} files`)
  }
  const bytes = source.read(start, size)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files: FormatFile[] = []
  try {
    let at = 0
    for (let index = 0; index < count; index += 1) {
      if (view.getUint32(at, true) !== 0x02014b50) throw new FormatError(because`the archive is damaged`)
      const nameLength = view.getUint16(at + 28, true)
      const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/')
      const isShown = !path.endsWith('/') && !/(^|\/)(__MACOSX\/|\.)/.test(path)
      if (isShown && isWanted(path)) files.push(lazyFile(path, source, readEntry(view, at, budget)))
      else if (isShown) files.push({ path, bytes: new Uint8Array(0) })
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
  } catch (cause) {
    if (cause instanceof RangeError) throw new FormatError(because`the archive is cut off`, { cause })
    throw cause
  }
  return files
}

/** As `openZip`, unpacked at once: what is damaged is refused here. */
export function readZip(bytes: Uint8Array, budget: FileBudget, isWanted: (path: string) => boolean): FormatFile[] {
  return openZip(bytesInMemory(bytes), budget, isWanted).map(({ path, bytes: content }) => ({ path, bytes: content }))
}

interface Entry {
  method: number
  checksum: number
  packed: number
  size: number
  /** Where its own head begins. */
  head: number
}

function readEntry(view: DataView, at: number, budget: FileBudget): Entry {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
  const [checksum = 0, packed = 0, size = 0] = [16, 20, 24].map((field) => view.getUint32(at + field, true))
  if (flags & 1) throw new FormatError(because`the archive is encrypted`)
  if (method !== 0 && method !== 8) throw new FormatError(because`the archive is packed in a way that is not read`)
  budget.take(size)
  return { method, checksum, packed, size, head: view.getUint32(at + 42, true) }
}

function lazyFile(path: string, source: ByteSource, entry: Entry): FormatFile {
  return {
    path,
    get bytes() {
      const head = source.read(entry.head, 30)
      if (head.length < 30) throw new FormatError(because`the archive is cut off`)
      const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
      const start = entry.head + 30 + view.getUint16(26, true) + view.getUint16(28, true)
      const data = source.read(start, entry.packed)
      const content = entry.method === 0 ? data : inflate(data, entry.size)
      if (content.length !== entry.size || crc32(content) !== entry.checksum) {
        throw new FormatError(because`the archive is damaged`)
      }
      return content
    },
  }
}

/** The directory stands at the end, behind it a record of 22 bytes and a comment. */
function findDirectory(source: ByteSource): { start: number; size: number; count: number } {
  const from = Math.max(0, source.size - 22 - 0xffff)
  const tail = source.read(from, source.size - from)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let at = view.byteLength - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue
    const [size, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)]
    const count = view.getUint16(at + 10, true)
    if (count < 0xffff && start !== 0xffff_ffff) return { start, size, count }
    return findLargeDirectory(source, view, at)
  }
  throw new FormatError(because`the archive is cut off`)
}

function findLargeDirectory(source: ByteSource, tail: DataView, end: number) {
  const locator = end - 20
  if (locator < 0 || tail.getUint32(locator, true) !== 0x07064b50)
    throw new FormatError(because`the archive is damaged`)
  const record = source.read(Number(tail.getBigUint64(locator + 8, true)), 56)
  if (record.length < 56) throw new FormatError(because`the archive is cut off`)
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  if (view.getUint32(0, true) !== 0x06064b50) throw new FormatError(because`the archive is damaged`)
  const [count, size, start] = [32, 40, 48].map((field) => Number(view.getBigUint64(field, true)))
  return { start: start ?? 0, size: size ?? 0, count: count ?? 0 }
}

function inflate(data: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) })
  } catch (cause) {
    throw new FormatError(because`the archive is damaged`, { cause })
  }
}
