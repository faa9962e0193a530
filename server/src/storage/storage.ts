import type { Readable } from 'node:stream'
import type { Notes } from './notes.ts'

export interface StoredObject {
  key: string
  byteSize: number
  /** Milliseconds since 1970. */
  changedAt: number
}

/** Where bytes live. A key is a relative path such as `users/<user id>/<image id>.png`. Writes are atomic. */
export interface ObjectStore {
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
  /** Removes every object whose key begins with `folder`, which ends in a slash. */
  removeFolder(folder: string): Promise<void>
  /** Every object whose key begins with `folder`, which ends in a slash, in the order of their keys. */
  list(folder: string): AsyncIterable<StoredObject>
  ensureFolder(key: string): Promise<void>
  /** A local path of an object that never changes, for programs that need a file; kept while there is room. */
  localFile(key: string): Promise<string>
  /** The same file under a path below {@link workFolder} of `folder`, where it stays until that is removed. */
  pinFile(key: string, folder: string): Promise<string>
  /** A local folder for what a long work writes on the way. Goes with {@link removeFolder}. */
  workFolder(folder: string): Promise<string>
  /** An address under which a browser may fetch the object itself for some minutes; null where there is none. */
  link(key: string, headers: { mediaType: string; disposition: string }): Promise<string | null>
}

export interface Storage extends ObjectStore {
  /** A folder for files under way in this process; local, and on the same file system as objects in a folder. */
  readonly scratchDirectory: string
  /** What is under way; unlike the scratch folder it outlives the process. */
  readonly notes: Notes
}
