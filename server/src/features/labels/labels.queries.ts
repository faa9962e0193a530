import type { ImageId, LabelAuthor, LabelData } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { Tables } from '../../db/tables.ts'
import type { LabelRevisionRow } from './label-file.ts'

const MAXIMUM_LISTED = 1000

export async function findRevision(db: Db, imageId: ImageId, revision: number): Promise<LabelRevisionRow> {
  return db
    .selectFrom('label_revisions')
    .selectAll()
    .where('image_id', '=', imageId)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow()
}

export async function findRevisions(db: Db, imageId: ImageId): Promise<LabelRevisionRow[]> {
  return db
    .selectFrom('label_revisions')
    .selectAll()
    .where('image_id', '=', imageId)
    .orderBy('revision', 'desc')
    .limit(MAXIMUM_LISTED)
    .execute()
}

/** The newest revision that no person wrote; every image has one. */
export async function findUntouchedRevision(db: Db, imageId: ImageId): Promise<LabelRevisionRow> {
  const rows = await db
    .selectFrom('label_revisions')
    .selectAll()
    .where('image_id', '=', imageId)
    .where(sql`author ->> 'kind'`, '<>', 'person')
    .orderBy('revision', 'desc')
    .limit(1)
    .execute()
  const [row] = rows
  if (!row) throw new Error(`image ${imageId} has no first label`)
  return row
}

/** Revisions of an image that a change of classes wrote, the newest first. */
export async function findClassRevisions(db: Db, imageId: ImageId): Promise<number[]> {
  const rows = await db
    .selectFrom('class_edit_images')
    .select('revision')
    .where('image_id', '=', imageId)
    .orderBy('revision', 'desc')
    .limit(MAXIMUM_LISTED)
    .execute()
  return rows.map((row) => row.revision)
}

export interface NewRevision {
  imageId: ImageId
  revision: number
  /** Of the project's class schemes the one that `data` is written under. */
  class_scheme: number
  data: LabelData
  author: LabelAuthor
  /** How long a person worked on it. */
  seconds?: number | null
}

export async function insertRevisions(trx: Transaction<Tables>, revisions: NewRevision[]): Promise<void> {
  await trx
    .insertInto('label_revisions')
    .values(
      revisions.map(({ imageId, revision, class_scheme, data, author, seconds = null }) => ({
        image_id: imageId,
        revision,
        class_scheme,
        data: json(data),
        author: json(author),
        seconds,
      })),
    )
    .execute()
}

/** Ids of all images, by pages in the order of ids. */
export async function findImageIds(db: Db, page: { after: ImageId | null; limit: number }): Promise<ImageId[]> {
  let query = db.selectFrom('images').select('id').orderBy('id').limit(page.limit)
  if (page.after) query = query.where('id', '>', page.after)
  return (await query.execute()).map((row) => row.id)
}
