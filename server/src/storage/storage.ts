import type { Readable } from 'node:stream'

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
  /** Keys of every object whose key starts with the folder `folder`, in no order. */
  list(folder: string): AsyncIterable<string>
  /** When the object was last written, or null when there is no such object. */
  modifiedAt(key: string): Promise<Date | null>
  ensureFolder(key: string): Promise<void>
  /** A local path of the object for programs that need a file. */
  localFile(key: string): Promise<string>
  /** A folder for files under way, on the same file system as the objects. */
  readonly scratchDirectory: string
}
