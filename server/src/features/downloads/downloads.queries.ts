import type { DownloadId, ImageId, ProjectId, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ImageRow } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { isSharedWith } from '../images/images.queries.ts'
import type { LabelRevisionRow } from '../labels/label-file.ts'

/** Keeps what was asked for; whatever is older than a day is dropped on the way. */
export async function insertDownload(
  db: Db,
  asked: { userId: UserId; projectId: ProjectId; imageIds: ImageId[] },
): Promise<DownloadId> {
  const id = newId<DownloadId>()
  await db.deleteFrom('downloads').where('created_at', '<', sql<Date>`now() - interval '1 day'`).execute()
  await db
    .insertInto('downloads')
    .values({ id, user_id: asked.userId, project_id: asked.projectId, image_ids: json(asked.imageIds) })
    .execute()
  return id
}

/** Undefined when it is not this person's, or older than an hour. */
export async function findDownload(db: Db, { id, userId }: { id: DownloadId; userId: UserId }) {
  return db
    .selectFrom('downloads')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('created_at', '>', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirst()
}

export interface Wanted {
  projectId: ProjectId
  imageIds: readonly ImageId[]
  /** Only what was shared with this person. */
  sharedWith: UserId | undefined
  /** Those whose labels the person must not see yet. */
  findHidden: (imageIds: readonly ImageId[]) => Promise<ReadonlySet<ImageId>>
}

/** Names of those that are outside of the bin and may be seen, by id. */
export async function findNames(db: Db, wanted: Wanted): Promise<Pick<ImageRow, 'id' | 'name' | 'type'>[]> {
  return among(db, wanted).select(['images.id', 'images.name', 'images.type']).orderBy('images.id').execute()
}

export type LabelledRow = ImageRow & {
  revision: Pick<LabelRevisionRow, 'revision' | 'data' | 'author' | 'class_scheme'>
}

export async function findLabelledRows(db: Db, wanted: Wanted): Promise<LabelledRow[]> {
  const rows = await among(db, wanted)
    .innerJoin('label_revisions', (join) =>
      join
        .onRef('label_revisions.image_id', '=', 'images.id')
        .onRef('label_revisions.revision', '=', 'images.label_revision'),
    )
    .selectAll('images')
    .select(['label_revisions.data as label_data', 'label_revisions.author as label_author'])
    .select('label_revisions.class_scheme as label_scheme')
    .orderBy('images.id')
    .execute()
  return rows.map(({ label_data, label_author, label_scheme, ...image }) => ({
    ...image,
    revision: { revision: image.label_revision, data: label_data, author: label_author, class_scheme: label_scheme },
  }))
}

function among(db: Db, { projectId, imageIds, sharedWith }: Wanted) {
  const query = db
    .selectFrom('images')
    .where('images.project_id', '=', projectId)
    .where('images.state', '<>', 'DELETED')
    .where('images.id', 'in', imageIds)
  return sharedWith ? query.where(isSharedWith(sharedWith)) : query
}
