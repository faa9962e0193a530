import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@vesalius/contracts'
import { isArchive, SNIFF_BYTES } from './sniff-format.ts'

/** A file as it arrived, in the scratch folder. */
export interface ReceivedFile {
  path: string
  byteSize: number
  sha256: string
  /** The first bytes, which tell the format. */
  head: Buffer
}

/** Most bytes by what the first ones say the file is. */
export interface SizeLimits {
  picture: number
  archive: number
}

/**
 * Streams a file to the scratch folder, hashing on the way; nothing is left there when it fails. Throws AppError
 * FILE_TOO_LARGE; with `drains` the rest of the stream is read first, so that what follows it can be read too.
 */
export async function receiveFile(
  stream: Readable,
  scratchDirectory: string,
  limits: SizeLimits,
  { drains = false } = {},
): Promise<ReceivedFile> {
  const path = join(scratchDirectory, randomUUID())
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let byteSize = 0
  const limit = () => (isArchive(head) ? limits.archive : limits.picture)
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteSize += chunk.length
      if (head.length < SNIFF_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFF_BYTES - head.length)])
      if (byteSize <= limit()) {
        hash.update(chunk)
        done(null, chunk)
      } else if (drains) done()
      else done(tooLarge())
    },
  })
  try {
    await pipeline(stream, look, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    if (byteSize > limit()) throw tooLarge()
    return { path, byteSize, sha256: hash.digest('hex'), head }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

function tooLarge(): AppError {
  return new AppError('FILE_TOO_LARGE', 'The file is larger than this server takes.')
}
