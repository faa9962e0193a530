import { AppError, type CommentId, type CommentPlace, type ImageId, type ReviewComment } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { lockImage } from '../images/images.queries.ts'
import { presentImage } from '../images/present-image.ts'
import { refuseDeleted, requireImage } from '../images/require-image.ts'
import { mayReview } from '../projects/access.ts'
import { refuseVeiled } from '../readings/veil.ts'
import { type CommentRow, countOpenComments, findComment, findComments, presentComments } from './reviews.queries.ts'

type Parts = Pick<Context, 'db' | 'events'>

interface NewComment {
  imageId: ImageId
  text: string
  place?: CommentPlace | undefined
  parentId?: CommentId | undefined
}

const MOST_COMMENTS = 1000

export async function listComments(db: Context['db'], user: SignedIn, imageId: ImageId): Promise<ReviewComment[]> {
  const { project } = await requireImage(db, user, imageId, 'view')
  await refuseVeiled(db, user, project, { imageId, what: 'label' })
  return presentComments(db, await findComments(db, imageId))
}

/** Everyone who sees the image may remark and reply. */
export async function addComment(parts: Parts, user: SignedIn, comment: NewComment): Promise<ReviewComment> {
  const { project } = await requireImage(parts.db, user, comment.imageId, 'annotate')
  await refuseVeiled(parts.db, user, project, { imageId: comment.imageId, what: 'label' })
  const id = await changeComments(parts, comment.imageId, (trx) => insertComment(trx, user, comment))
  return present(parts.db, id)
}

/** For a transaction that holds the image. A reply opens a resolved thread again. */
export async function insertComment(
  trx: Transaction<Tables>,
  user: SignedIn,
  { imageId, text, place, parentId }: NewComment,
): Promise<CommentId> {
  if ((await findComments(trx, imageId)).length >= MOST_COMMENTS) {
    throw new AppError('CONFLICT', `An image has at most ${MOST_COMMENTS} remarks.`)
  }
  if (parentId) {
    const parent = await findComment(trx, parentId)
    if (!parent || parent.image_id !== imageId || parent.parent_id) throw notFound()
    await resolve(trx, user, parentId, false)
  }
  const id = newId<CommentId>()
  await trx
    .insertInto('review_comments')
    .values({
      id,
      image_id: imageId,
      parent_id: parentId ?? null,
      author_id: user.id,
      text,
      place: place && !parentId ? json(place) : null,
      resolved_at: null,
      resolved_by: null,
    })
    .execute()
  await countOpenComments(trx, imageId)
  return id
}

/** A thread is resolved by who began it, who annotated the image, or a reviewer. */
export async function changeComment(
  parts: Parts,
  user: SignedIn,
  commentId: CommentId,
  { isResolved, text }: { isResolved?: boolean | undefined; text?: string | undefined },
): Promise<ReviewComment> {
  const { comment, image, project } = await requireComment(parts, user, commentId)
  const isAuthor = comment.author_id === user.id
  if (text !== undefined && !isAuthor) throw new AppError('FORBIDDEN', 'Only its author changes the words of a remark.')
  if (isResolved !== undefined) {
    if (comment.parent_id) throw new AppError('VALIDATION_FAILED', 'Resolve the first remark of the thread.')
    if (!isAuthor && image.annotated_by !== user.id && !mayReview(user, project)) {
      throw new AppError('FORBIDDEN', 'Its author, the annotator or a reviewer resolves a remark.')
    }
  }
  await changeComments(parts, image.id, async (trx) => {
    if (text !== undefined) await trx.updateTable('review_comments').set({ text }).where('id', '=', commentId).execute()
    if (isResolved !== undefined) await resolve(trx, user, commentId, isResolved)
  })
  return present(parts.db, commentId)
}

export async function deleteComment(parts: Parts, user: SignedIn, commentId: CommentId): Promise<void> {
  const { comment, image } = await requireComment(parts, user, commentId)
  if (comment.author_id !== user.id) throw new AppError('FORBIDDEN', 'Only its author removes a remark.')
  await changeComments(parts, image.id, async (trx) => {
    await trx.deleteFrom('review_comments').where('id', '=', commentId).execute()
  })
}

async function resolve(trx: Transaction<Tables>, user: SignedIn, id: CommentId, isResolved: boolean): Promise<void> {
  await trx
    .updateTable('review_comments')
    .set(isResolved ? { resolved_at: sql`now()`, resolved_by: user.id } : { resolved_at: null, resolved_by: null })
    .where('id', '=', id)
    .execute()
}

async function requireComment({ db }: Parts, user: SignedIn, commentId: CommentId) {
  const comment = await findComment(db, commentId)
  if (!comment) throw notFound()
  const found = await requireImage(db, user, comment.image_id, 'view')
  await refuseVeiled(db, user, found.project, { imageId: comment.image_id, what: 'label' })
  return { comment, ...found }
}

/** The image's row is held, its number of open threads counted anew, and everyone hears of it. */
async function changeComments<Result>(
  { db, events }: Parts,
  imageId: ImageId,
  change: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  const { result, image } = await db.transaction().execute(async (trx) => {
    const before = await lockImage(trx, imageId)
    if (!before) throw notFound()
    refuseDeleted(before)
    const changed = await change(trx)
    await countOpenComments(trx, imageId)
    const row = await trx.selectFrom('images').selectAll().where('id', '=', imageId).executeTakeFirstOrThrow()
    const project = await trx
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', row.project_id)
      .executeTakeFirstOrThrow()
    return { result: changed, image: presentImage(row, project) }
  })
  events.publish(image.projectId, { kind: 'image', image })
  return result
}

async function present(db: Context['db'], id: CommentId): Promise<ReviewComment> {
  const row: CommentRow | undefined = await findComment(db, id)
  const [comment] = row ? await presentComments(db, [row]) : []
  if (!comment) throw notFound()
  return comment
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such remark, or you may not see it.')
}
