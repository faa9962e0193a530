import { z } from 'zod'
import { CommentId, ImageId, ProjectId, UserId } from '../ids.ts'
import { Image } from '../image.ts'
import {
  CommentPlace,
  CommentText,
  Review,
  ReviewComment,
  ReviewCounts,
  ReviewDecision,
  ReviewSettings,
} from '../review.ts'
import { defineRoute } from '../route.ts'
import { Timestamp } from '../time.ts'
import { Person } from '../user.ts'

const tag = 'reviews'
const ofImage = z.object({ imageId: ImageId })
const inProject = z.object({ projectId: ProjectId })
const ofComment = z.object({ commentId: CommentId })
const Reviewers = z.object({ items: z.array(Person.extend({ addedAt: Timestamp }).meta({ id: 'Reviewer' })) })

export const reviewImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/reviews',
  summary:
    'Accept or reject the label. With `If-Match`, a label changed meanwhile answers 412. A rejection says why: with a comment, or by one that is open already.',
  tag,
  takesTag: true,
  access: 'review',
  params: ofImage,
  body: z.strictObject({
    decision: ReviewDecision,
    comment: z.strictObject({ text: CommentText, place: CommentPlace.optional() }).optional(),
  }),
  responses: { 201: z.object({ review: Review, image: Image }) },
})

export const listReviews = defineRoute({
  method: 'GET',
  path: '/images/:imageId/reviews',
  summary: 'Every decision on labels of this image, newest first.',
  tag,
  access: 'view',
  params: ofImage,
  responses: { 200: z.object({ items: z.array(Review) }) },
})

export const listComments = defineRoute({
  method: 'GET',
  path: '/images/:imageId/comments',
  summary: 'The remarks on an image and their replies, oldest first.',
  tag,
  access: 'view',
  params: ofImage,
  responses: { 200: z.object({ items: z.array(ReviewComment) }) },
})

export const addComment = defineRoute({
  method: 'POST',
  path: '/images/:imageId/comments',
  summary: 'Remark something about an image, pinned to a place or not, or reply to a remark.',
  tag,
  access: 'annotate',
  params: ofImage,
  body: z.strictObject({ text: CommentText, place: CommentPlace.optional(), parentId: CommentId.optional() }),
  responses: { 201: ReviewComment },
})

export const changeComment = defineRoute({
  method: 'PATCH',
  path: '/comments/:commentId',
  summary: 'Resolve a thread or open it again; its author may also change the words.',
  tag,
  access: 'review',
  params: ofComment,
  body: z.strictObject({ isResolved: z.boolean().optional(), text: CommentText.optional() }),
  responses: { 200: ReviewComment },
})

export const deleteComment = defineRoute({
  method: 'DELETE',
  path: '/comments/:commentId',
  summary: "Remove one's own remark and the replies to it.",
  tag,
  access: 'mine',
  params: ofComment,
  responses: { 204: null },
})

export const getReviewSettings = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/review-settings',
  summary: 'Whether labels of the project are reviewed.',
  tag,
  access: 'see',
  params: inProject,
  responses: { 200: ReviewSettings },
})

export const putReviewSettings = defineRoute({
  method: 'PUT',
  path: '/projects/:projectId/review-settings',
  summary: 'Set whether labels are reviewed: `required` lets only accepted images train.',
  tag,
  access: 'manage',
  params: inProject,
  body: ReviewSettings,
  responses: { 200: ReviewSettings },
})

export const getReviewCounts = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/review-counts',
  summary: 'How many annotated images wait for review, were accepted, were rejected.',
  tag,
  access: 'see',
  params: inProject,
  responses: { 200: ReviewCounts },
})

export const listReviewers = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/reviewers',
  summary: 'The people who may review, beside those whose project it is.',
  tag,
  access: 'see',
  params: inProject,
  responses: { 200: Reviewers },
})

export const addReviewer = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/reviewers',
  summary: 'Let a person see all images of the project and decide on their labels.',
  tag,
  access: 'manage',
  params: inProject,
  body: z.strictObject({ userId: UserId }),
  responses: { 201: Reviewers },
})

export const removeReviewer = defineRoute({
  method: 'DELETE',
  path: '/projects/:projectId/reviewers',
  summary: 'Take the right to review away. Everyone may give up their own.',
  tag,
  access: 'manage',
  params: inProject,
  body: z.strictObject({ userId: UserId }),
  responses: { 200: Reviewers },
})
