import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { OutFile } from '../shape/dataset.ts'

const FOUR_GIGABYTES = 0xffff_ffff
/** 1 January 1980, the first day the format knows: the same content is the same archive. */
const DAY = 0x21
const UTF8 = 0x0800
/** Checksum and sizes follow the content. */
const SIZES_FOLLOW = 0x0008

/** A zip archive, part by part; one file, or a part of one, is held at a time. */
export async function* writeZip(files: AsyncIterable<OutFile> | Iterable<OutFile>): AsyncGenerator<Uint8Array> {
  const zip = new ZipWriter()
  for await (const file of files) yield* zip.add(file)
  yield* zip.end()
}

/**
 * The bytes of a zip archive, with the 64-bit records once it needs them. Pictures are stored, all else is deflated.
 * What another part of the program began can be gone on with from its `state`. Source: PKWARE APPNOTE.TXT 6.3.10.
 */
export class ZipWriter {
  readonly #directory: Uint8Array[]
  #offset: number

  constructor({ directory, offset }: ZipState = { directory: [], offset: 0 }) {
    this.#directory = [...directory]
    this.#offset = offset
  }

  get state(): ZipState {
    return { directory: this.#directory, offset: this.#offset }
  }

  *add({ path, bytes }: OutFile): Generator<Uint8Array> {
    const name = new TextEncoder().encode(path)
    const start = this.#offset
    const emit = (part: Uint8Array) => {
      this.#offset += part.length
      return part
    }
    const isStored = /\.(png|jpe?g|webp|gif|zip|gz)$/i.test(path)
    if (bytes instanceof Uint8Array) {
      if (bytes.length >= FOUR_GIGABYTES) throw new RangeError(`the file ${path} is too large for the archive`)
      const isPacked = !isStored && bytes.length > 64
      const data = isPacked ? deflateRawSync(bytes) : bytes
      const sizes = { checksum: crc32(bytes), packed: data.length, size: bytes.length }
      const shared = sharedFields({ isPacked, flags: UTF8, ...sizes, name })
      yield emit(Buffer.concat([uint32(0x04034b50), shared, uint16(0), name]))
      yield emit(data)
      this.#keep(directoryEntry(shared, name, start))
      return
    }
    const flags = UTF8 | SIZES_FOLLOW
    const head = sharedFields({ isPacked: !isStored, flags, checksum: 0, packed: 0, size: 0, name })
    yield emit(Buffer.concat([uint32(0x04034b50), head, uint16(0), name]))
    const sizes = { checksum: 0, packed: 0, size: 0 }
    for (const part of isStored ? bytes : deflateParts(bytes, sizes)) {
      if (isStored) count(sizes, part)
      sizes.packed += part.length
      yield emit(part)
    }
    if (Math.max(sizes.packed, sizes.size) >= FOUR_GIGABYTES) {
      throw new RangeError(`the file ${path} is too large for the archive`)
    }
    yield emit(Buffer.concat([uint32(0x08074b50), ...[sizes.checksum, sizes.packed, sizes.size].map(uint32)]))
    this.#keep(directoryEntry(sharedFields({ isPacked: !isStored, flags, ...sizes, name }), name, start))
  }

  /** A copy of its own: a slice would keep the whole block alive that small buffers are cut from. */
  #keep(entry: Uint8Array): void {
    this.#directory.push(new Uint8Array(entry))
  }

  *end(): Generator<Uint8Array> {
    const entries = Buffer.concat(this.#directory)
    yield entries
    yield ending(this.#directory.length, entries.length, this.#offset)
  }
}

/** What is needed to go on with an archive: the entries of its directory so far, and its length. */
export interface ZipState {
  directory: readonly Uint8Array[]
  offset: number
}

interface Sizes {
  checksum: number
  packed: number
  size: number
}

function count(sizes: Sizes, part: Uint8Array): void {
  sizes.checksum = crc32(part, sizes.checksum)
  sizes.size += part.length
}

/** Each part is deflated on its own and ends on a whole byte, so that the parts in a row are one stream. */
function* deflateParts(parts: Iterable<Uint8Array>, sizes: Sizes): Generator<Uint8Array> {
  for (const part of parts) {
    count(sizes, part)
    yield deflateRawSync(part, { finishFlush: constants.Z_SYNC_FLUSH })
  }
  yield deflateRawSync(new Uint8Array(0))
}

function sharedFields(entry: {
  isPacked: boolean
  flags: number
  checksum: number
  packed: number
  size: number
  name: Uint8Array
}): Uint8Array {
  return Buffer.concat([
    ...[45, entry.flags, entry.isPacked ? 8 : 0, 0, DAY].map(uint16),
    ...[entry.checksum, entry.packed, entry.size].map(uint32),
    uint16(entry.name.length),
  ])
}

function directoryEntry(shared: Uint8Array, name: Uint8Array, offset: number): Uint8Array {
  const isFar = offset >= FOUR_GIGABYTES
  const extra = isFar ? Buffer.concat([uint16(1), uint16(8), uint64(offset)]) : new Uint8Array(0)
  return Buffer.concat([
    uint32(0x02014b50),
    uint16(45),
    shared,
    ...[extra.length, 0, 0, 0].map(uint16),
    uint32(0),
    uint32(isFar ? FOUR_GIGABYTES : offset),
    name,
    extra,
  ])
}

function ending(count: number, size: number, offset: number): Uint8Array {
  const isLarge = count >= 0xffff || size >= FOUR_GIGABYTES || offset >= FOUR_GIGABYTES
  const large = [
    ...[uint32(0x06064b50), uint64(44), uint16(45), uint16(45), uint32(0), uint32(0)],
    ...[count, count, size, offset].map(uint64),
    ...[uint32(0x07064b50), uint32(0), uint64(offset + size), uint32(1)],
  ]
  const shown = Math.min(count, 0xffff)
  return Buffer.concat([
    ...(isLarge ? large : []),
    uint32(0x06054b50),
    ...[0, 0, shown, shown].map(uint16),
    ...[Math.min(size, FOUR_GIGABYTES), Math.min(offset, FOUR_GIGABYTES)].map(uint32),
    uint16(0),
  ])
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8)
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
