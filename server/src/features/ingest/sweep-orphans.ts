import type { Context } from '../../context.ts'
import { settleNotes } from '../images/change-notes.ts'
import { findImage } from '../images/images.queries.ts'

/** On a database server other processes may be in the middle of an upload. */
const GRACE_MS = 60 * 60_000

/**
 * At start-up: removes the files of uploads, noted before `before`, that a killed process left without a row. Files nobody noted are not
 * touched, whatever the database says: the database can be rebuilt from them. Answers how many uploads it removed.
 */
export async function sweepOrphans(
  { db, database, storage }: Pick<Context, 'db' | 'database' | 'storage'>,
  before = database.kind === 'embedded' ? Date.now() : Date.now() - GRACE_MS,
): Promise<number> {
  let removed = 0
  await settleNotes(
    storage,
    'upload',
    async ({ imageId, keys }) => {
      if (await findImage(db, imageId)) return
      for (const key of keys) await storage.remove(key)
      removed += 1
    },
    before,
  )
  return removed
}
