import { crc32, deflateRawSync } from 'node:zlib'
import type { FormatFile } from '../shape/dataset.ts'

const FOUR_GIGABYTES = 0xffff_ffff
/** 1 January 1980, the first day the format knows: the same content is the same archive. */
const DAY = 0x21

/**
 * A zip archive, part by part, with the 64-bit records once it needs them. Pictures are stored, all else is deflated.
 * Source: PKWARE APPNOTE.TXT 6.3.10.
 */
export async function* writeZip(files: AsyncIterable<FormatFile> | Iterable<FormatFile>): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = []
  let offset = 0
  for await (const { path, bytes } of files) {
    const isPacked = !/\.(png|jpe?g|webp|gif|zip)$/i.test(path) && bytes.length > 64
    const data = isPacked ? deflateRawSync(bytes) : bytes
    if (bytes.length >= FOUR_GIGABYTES) throw new RangeError(`the file ${path} is too large for the archive`)
    const name = new TextEncoder().encode(path)
    const shared = sharedFields({ isPacked, checksum: crc32(bytes), packed: data.length, size: bytes.length, name })
    const head = Buffer.concat([uint32(0x04034b50), shared, uint16(0), name])
    yield head
    yield data
    directory.push(directoryEntry(shared, name, offset))
    offset += head.length + data.length
  }
  const entries = Buffer.concat(directory)
  yield entries
  yield ending(directory.length, entries.length, offset)
}

function sharedFields(entry: {
  isPacked: boolean
  checksum: number
  packed: number
  size: number
  name: Uint8Array
}): Uint8Array {
  const utf8 = 0x0800
  return Buffer.concat([
    ...[45, utf8, entry.isPacked ? 8 : 0, 0, DAY].map(uint16),
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
