import type { Readable } from 'node:stream'
import type { Notes } from './notes.ts'

/** Where bytes live. A key is a relative path such as `users/<user id>/<image id>.png`. Writes are atomic. */
export interface Storage {
  /** Writes the whole object or nothing; durable when the promise resolves. */
  write(key: string, bytes: Uint8Array | string): Promise<void>
  /** Takes over a finished local file as the object, durable when the promise resolves. */
  adopt(key: string, localFile: string): Promise<void>
  read(key: string): Promise<Buffer>
  /** The bytes in order; of a range, from `start` to `end`, both counted from 0 and included. */
  stream(key: string, range?: { start: number; end: number }): Readable
  /** Byte size, or null when there is no such object. */
  size(key: string): Promise<number | null>
  remove(key: string): Promise<void>
  ensureFolder(key: string): Promise<void>
  /** A local path of the object for programs that need a file. */
  localFile(key: string): Promise<string>
  /** A folder for files under way in this process, on the same file system as the objects. */
  readonly scratchDirectory: string
  /** What is under way; unlike the scratch folder it outlives the process. */
  readonly notes: Notes
}
