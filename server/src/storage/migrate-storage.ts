import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ImageId } from '@vesalius/contracts'
import type { Context } from '../context.ts'
import { lockImage } from '../features/images/images.queries.ts'
import type { ObjectStore, StoredObject } from './storage.ts'

/** What moves; scratch, caches and the embedded database stay. */
const FOLDERS = ['users/', 'projects/', 'exports/', 'annotation-imports/', 'imports/', 'lost/'] as const
const AT_ONCE = 8
const IN_MEMORY_BYTES = 16 * 1024 ** 2
const LABEL = /^users\/[^/]+\/([^/]+)\.label$/

export interface Moved {
  objects: number
  bytes: number
  /** Were there already. */
  skipped: number
}

/**
 * Copies what is not there yet from one store to another, while the program runs on both (`VESALIUS_STORAGE_MOVING=on`).
 * Files that never change are copied as they are; a label file is copied under the lock of its image, so that it cannot
 * take the place of a newer one. Cut off, it goes on where it was. Nothing is removed.
 */
export async function migrateStorage(
  db: Context['db'],
  {
    source,
    target,
    scratchDirectory,
    tell = () => {},
  }: { source: ObjectStore; target: ObjectStore; scratchDirectory: string; tell?: (moved: Moved) => void },
): Promise<Moved> {
  const moved: Moved = { objects: 0, bytes: 0, skipped: 0 }
  const copy = async ({ key, byteSize }: StoredObject) => {
    if ((await target.size(key)) !== null) {
      moved.skipped += 1
      return
    }
    if (byteSize <= IN_MEMORY_BYTES) await target.write(key, await source.read(key))
    else {
      const file = join(scratchDirectory, randomUUID())
      await pipeline(source.stream(key), createWriteStream(file))
      await target.adopt(key, file)
    }
    moved.objects += 1
    moved.bytes += byteSize
  }
  const copyLocked = (object: StoredObject, id: string) =>
    db.transaction().execute(async (trx) => {
      await lockImage(trx, id as ImageId)
      await copy(object)
    })
  for (const folder of FOLDERS) {
    let batch: Promise<void>[] = []
    for await (const object of source.list(folder)) {
      const id = LABEL.exec(object.key)?.[1]
      batch.push(id ? copyLocked(object, id) : copy(object))
      if (batch.length < AT_ONCE) continue
      await Promise.all(batch)
      batch = []
      tell(moved)
    }
    await Promise.all(batch)
  }
  return moved
}
