import { z } from 'zod'
import { CommentId, ImageId, ReviewId } from './ids.ts'
import { Timestamp } from './time.ts'
import { Person } from './user.ts'

/** What a second look at the current label came to. A new label is unreviewed again. */
export const ReviewState = z.enum(['unreviewed', 'accepted', 'rejected']).meta({ id: 'ReviewState' })
export type ReviewState = z.infer<typeof ReviewState>

/** `required`: only accepted images train. */
export const ReviewMode = z.enum(['off', 'optional', 'required']).meta({ id: 'ReviewMode' })
export type ReviewMode = z.infer<typeof ReviewMode>

export const ReviewDecision = z.enum(['accepted', 'rejected'])
export type ReviewDecision = z.infer<typeof ReviewDecision>

export const CommentText = z.string().trim().min(1).max(4000)

/** Where on an image a comment is pinned: pixels of the original image, fractions allowed. */
export const CommentPlace = z
  .strictObject({
    x: z.number().min(0).max(1e6),
    y: z.number().min(0).max(1e6),
    frame: z.int().min(0).max(99_999).default(0),
    /** The mark it speaks of; it may be gone by now. */
    markId: z.string().min(1).max(64).nullable().default(null),
  })
  .meta({ id: 'CommentPlace' })
export type CommentPlace = z.infer<typeof CommentPlace>

/** One person's decision on one revision of a label. */
export const Review = z
  .object({
    id: ReviewId,
    imageId: ImageId,
    /** The label revision that was looked at. */
    revision: z.int(),
    decision: ReviewDecision,
    /** The reason as it was given with the decision; also the first words of a comment. */
    text: z.string().nullable(),
    reviewer: Person,
    createdAt: Timestamp,
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof Review>

/** A remark on an image, or the reply to one. A thread is open until its first remark is resolved. */
export const ReviewComment = z
  .object({
    id: CommentId,
    imageId: ImageId,
    /** The first remark of the thread; null: this is it. */
    parentId: CommentId.nullable(),
    author: Person,
    text: z.string(),
    /** Null: it speaks of the whole image. */
    place: CommentPlace.nullable(),
    createdAt: Timestamp,
    resolvedAt: Timestamp.nullable(),
    resolvedBy: Person.nullable(),
  })
  .meta({ id: 'ReviewComment' })
export type ReviewComment = z.infer<typeof ReviewComment>

export const ReviewSettings = z
  .strictObject({
    mode: ReviewMode,
    /** Whether annotators see how they did on gold images. */
    showsGoldScore: z.boolean(),
  })
  .meta({ id: 'ReviewSettings' })
export type ReviewSettings = z.infer<typeof ReviewSettings>

/** Annotated images outside the bin, by what came of their review. */
export const ReviewCounts = z
  .object({
    unreviewed: z.int(),
    accepted: z.int(),
    rejected: z.int(),
    /** Rejected ones that the caller annotated: theirs to correct. */
    rejectedMine: z.int(),
  })
  .meta({ id: 'ReviewCounts' })
export type ReviewCounts = z.infer<typeof ReviewCounts>
