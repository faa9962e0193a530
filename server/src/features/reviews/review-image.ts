import {
  AppError,
  type CommentPlace,
  type Image,
  type ImageId,
  type Review,
  type ReviewDecision,
  type ReviewId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { changeImage } from '../images/change-image.ts'
import { presentImage } from '../images/present-image.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { notify } from '../notifications/notify.ts'
import { insertComment } from './comments.ts'
import { requireReviewableImage } from './require-reviewer.ts'
import { findReviews, presentReviews } from './reviews.queries.ts'

export interface Decision {
  imageId: ImageId
  decision: ReviewDecision
  comment?: { text: string; place?: CommentPlace | undefined } | undefined
  /** Whether the revision the reviewer saw is still the newest one. */
  isCurrent: (revision: number) => boolean
}

/** A reviewer's decision on the label as it is. Where review is required it changes what trains. */
export async function reviewImage(
  parts: Pick<Context, 'db' | 'storage' | 'events'>,
  user: SignedIn,
  { imageId, decision, comment, isCurrent }: Decision,
): Promise<{ review: Review; image: Image }> {
  await requireReviewableImage(parts.db, user, imageId)
  const { image, project } = await changeImage(parts, imageId, async (trx, current, owner) => {
    refuseUnchangeable(current)
    if (owner.review_mode === 'off') throw new AppError('CONFLICT', 'Labels of this project are not reviewed.')
    if (current.annotated_at === null) throw new AppError('CONFLICT', 'Nobody annotated this image yet.')
    if (!isCurrent(current.label_revision)) {
      throw new AppError('LABEL_CHANGED', 'The label was changed meanwhile. Look at it again, then decide.')
    }
    if (decision === 'rejected' && !comment && current.open_comments === 0) {
      throw new AppError('VALIDATION_FAILED', 'A rejection says why: add a comment.')
    }
    if (comment) await insertComment(trx, user, { imageId, ...comment })
    await trx
      .insertInto('reviews')
      .values({
        id: newId<ReviewId>(),
        image_id: imageId,
        revision: current.label_revision,
        decision,
        text: comment?.text ?? null,
        reviewer_id: user.id,
      })
      .execute()
    await trx
      .updateTable('images')
      .set({ review: decision, reviewed_by: user.id, updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
    const changesTraining = owner.review_mode === 'required' && current.review !== decision
    return changesTraining ? { annotations: 0, changes: 1 } : undefined
  })
  const [review] = await presentReviews(parts.db, (await findReviews(parts.db, imageId)).slice(0, 1))
  if (!review) throw new Error(`the review of image ${imageId} is gone`)
  parts.events.publish(project.id, {
    kind: 'reviewed',
    projectId: project.id,
    imageId,
    imageName: image.name,
    decision,
    text: review.text,
    reviewer: review.reviewer,
    annotatedBy: image.annotated_by,
  })
  const reviewed = image.annotated_by
  if (reviewed && reviewed !== user.id) {
    const about = { by_id: user.id, image_id: imageId, project_id: project.id, outcome: decision }
    await notify(parts, [reviewed], { kind: 'review', ...about })
  }
  return { review, image: presentImage(image, project) }
}
