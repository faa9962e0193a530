import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  path: string | Buffer
  bytes: Uint8Array
  /** Unix mode, such as 0o120777 of a link. */
  mode?: number
  /** Sets the mark of encryption without encrypting. */
  isEncrypted?: boolean
  isStored?: boolean
}

/** A zip archive as other programs write them, odd ones included. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, bytes, mode = 0o100644, isEncrypted = false, isStored = false } of parts) {
    const name = Buffer.from(path)
    const data = isStored ? Buffer.from(bytes) : deflateRawSync(bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE((isEncrypted ? 1 : 0) | (typeof path === 'string' ? 0x0800 : 0), 2)
    fields.writeUInt16LE(isStored ? 0 : 8, 4)
    fields.writeUInt16LE(0x21, 8)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE((mode << 16) >>> 0, 6)
    entry.writeUInt32LE(offset, 10)
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), fields, name, data)
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, entry, name)
    offset += 30 + name.length + data.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, list, Buffer.from('PK\x05\x06', 'latin1'), end])
}
