import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { findImage } from '../images/images.queries.ts'

/** A process that was only held up for long may be in the middle of an upload. */
const GRACE_MS = 60 * 60_000

/**
 * Removes the files noted before `before` by uploads, copies and purges that a killed process left without
 * a row. Files nobody noted are not touched, whatever the database says: the database can be rebuilt from them.
 * Answers how many notes had files to remove.
 */
export async function sweepOrphans(
  { db, database, storage }: Pick<Context, 'db' | 'database' | 'storage'>,
  before = database.kind === 'embedded' ? Date.now() : Date.now() - GRACE_MS,
): Promise<number> {
  let removed = 0
  await storage.notes.settle(
    'files',
    async ({ imageId, keys }) => {
      if (imageId && (await findImage(db, imageId))) return
      for (const key of keys) if (!(await isFileUsed(db, key))) await storage.remove(key)
      removed += 1
    },
    before,
  )
  return removed
}

async function isFileUsed(db: Db, key: string): Promise<boolean> {
  const image = await db.selectFrom('images').select('id').where('uri', '=', key).limit(1).executeTakeFirst()
  if (image) return true
  const model = await db.selectFrom('model_versions').select('id').where('uri', '=', key).limit(1).executeTakeFirst()
  if (model) return true
  const made = await db.selectFrom('exports').select('id').where('uri', '=', key).limit(1).executeTakeFirst()
  return made !== undefined
}
