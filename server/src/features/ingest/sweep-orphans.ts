import { posix } from 'node:path'
import type { Context } from '../../context.ts'
import type { Storage } from '../../storage/storage.ts'
import { findKnownIds, findKnownUris } from './ingest.queries.ts'

const PAGE = 500
const LABEL_ENDING = '.label'
/** On a database server other processes may be in the middle of an upload. */
const GRACE_MS = 60 * 60_000

/**
 * At start-up: removes what an upload left that ended half-way, which is a picture without its label, or a label
 * without its picture, that no row knows. A complete pair without a row stays: it may be all that a damaged database
 * left of an image, and the database can be rebuilt from it. Answers how many files were removed.
 */
export async function sweepOrphans(
  { db, database, storage }: Pick<Context, 'db' | 'database' | 'storage'>,
  now = Date.now(),
): Promise<number> {
  const latest = database.kind === 'embedded' ? now : now - GRACE_MS
  const single = await findUnpaired(storage)
  let removed = 0
  for (let start = 0; start < single.length; start += PAGE) {
    const page = single.slice(start, start + PAGE)
    const uris = await findKnownUris(db, page)
    const ids = await findKnownIds(db, page.filter(isLabel).map(imageIdOf))
    for (const key of page) {
      if (isLabel(key) ? ids.has(imageIdOf(key)) : uris.has(key)) continue
      const modifiedAt = await storage.modifiedAt(key)
      if (!modifiedAt || modifiedAt.getTime() > latest) continue
      await storage.remove(key)
      removed += 1
    }
  }
  return removed
}

/** Keys of users' files whose picture or label is missing. Copies have a label alone, and a row that says so. */
async function findUnpaired(storage: Storage): Promise<string[]> {
  const open = new Map<string, string>()
  for await (const key of storage.list('users')) {
    const stem = key.slice(0, -posix.extname(key).length)
    if (!open.delete(stem)) open.set(stem, key)
  }
  return [...open.values()]
}

function isLabel(key: string): boolean {
  return key.endsWith(LABEL_ENDING)
}

function imageIdOf(key: string): string {
  return posix.basename(key, LABEL_ENDING)
}
