import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SNIFF_BYTES } from './sniff-format.ts'

/** A file as it arrived, in the scratch folder. */
export interface ReceivedFile {
  path: string
  byteSize: number
  sha256: string
  /** The first bytes, which tell the format. */
  head: Buffer
}

/** Streams an upload to the scratch folder, hashing on the way; nothing is left there when it fails. */
export async function receiveFile(stream: Readable, scratchDirectory: string): Promise<ReceivedFile> {
  const path = join(scratchDirectory, randomUUID())
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let byteSize = 0
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      byteSize += chunk.length
      if (head.length < SNIFF_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFF_BYTES - head.length)])
      done(null, chunk)
    },
  })
  try {
    await pipeline(stream, look, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    return { path, byteSize, sha256: hash.digest('hex'), head }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
