import type { CommentId, ImageId, ProjectId, Review, ReviewComment, ReviewCounts, UserId } from '@vesalius/contracts'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ReviewCommentsTable, ReviewsTable } from '../../db/tables/labels.ts'
import type { Tables } from '../../db/tables.ts'
import { nameOf } from '../people/people.queries.ts'

const MOST_LISTED = 1000
export type CommentRow = Selectable<ReviewCommentsTable>
export type ReviewRow = Selectable<ReviewsTable>

export async function findReviews(db: Db, imageId: ImageId): Promise<ReviewRow[]> {
  return db
    .selectFrom('reviews')
    .selectAll()
    .where('image_id', '=', imageId)
    .orderBy('id', 'desc')
    .limit(MOST_LISTED)
    .execute()
}

export async function findComments(db: Db, imageId: ImageId): Promise<CommentRow[]> {
  return db
    .selectFrom('review_comments')
    .selectAll()
    .where('image_id', '=', imageId)
    .orderBy('id')
    .limit(MOST_LISTED)
    .execute()
}

export async function findComment(db: Db, commentId: CommentId): Promise<CommentRow | undefined> {
  return db.selectFrom('review_comments').selectAll().where('id', '=', commentId).executeTakeFirst()
}

/** Keeps the image's number of open threads; for a transaction that holds the image. */
export async function countOpenComments(trx: Transaction<Tables>, imageId: ImageId): Promise<void> {
  await trx
    .updateTable('images')
    .set({
      open_comments: sql`(SELECT count(*) FROM review_comments
        WHERE image_id = ${imageId} AND parent_id IS NULL AND resolved_at IS NULL)`,
      updated_at: sql`clock_timestamp()`,
    })
    .where('id', '=', imageId)
    .execute()
}

export async function countReviews(db: Db, projectId: ProjectId, userId: UserId): Promise<ReviewCounts> {
  const rows = await db
    .selectFrom('images')
    .select((select) => ['review', select.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where('annotated_at', 'is not', null)
    .where(sql<boolean>`state <> 'DELETED'`)
    .groupBy('review')
    .execute()
  const { mine } = await db
    .selectFrom('images')
    .select((select) => select.fn.countAll<number>().as('mine'))
    .where('project_id', '=', projectId)
    .where(sql<boolean>`review = 'rejected'`)
    .where('annotated_by', '=', userId)
    .where(sql<boolean>`state <> 'DELETED'`)
    .executeTakeFirstOrThrow()
  const of = (state: string) => rows.find(({ review }) => review === state)?.count ?? 0
  return {
    unreviewed: of('unreviewed'),
    accepted: of('accepted'),
    rejected: of('rejected'),
    rejectedMine: mine,
  }
}

const NOBODY = '—'

export async function presentReviews(db: Db, rows: readonly ReviewRow[]): Promise<Review[]> {
  const names = await nameOf(db, [...new Set(rows.map(({ reviewer_id }) => reviewer_id))])
  return rows.map((row) => ({
    id: row.id,
    imageId: row.image_id,
    revision: row.revision,
    decision: row.decision,
    text: row.text,
    reviewer: { id: row.reviewer_id, username: names.get(row.reviewer_id) ?? NOBODY },
    createdAt: row.created_at.toISOString(),
  }))
}

export async function presentComments(db: Db, rows: readonly CommentRow[]): Promise<ReviewComment[]> {
  const ids = rows.flatMap(({ author_id, resolved_by }) => (resolved_by ? [author_id, resolved_by] : [author_id]))
  const names = await nameOf(db, [...new Set(ids)])
  const person = (id: UserId) => ({ id, username: names.get(id) ?? NOBODY })
  return rows.map((row) => ({
    id: row.id,
    imageId: row.image_id,
    parentId: row.parent_id,
    author: person(row.author_id),
    text: row.text,
    place: row.place,
    createdAt: row.created_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    resolvedBy: row.resolved_by === null ? null : person(row.resolved_by),
  }))
}
