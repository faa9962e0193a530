import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { limitPosts } from '../../http/post-limit.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireImage } from '../images/require-image.ts'
import { keepProjectFacts } from '../labels/keep-project-facts.ts'
import { matchesRevision } from '../labels/revision-tag.ts'
import { requireProject, requireProjectView } from '../projects/access.ts'
import { refuseVeiled } from '../readings/veil.ts'
import { addComment, changeComment, deleteComment, listComments } from './comments.ts'
import { reviewImage } from './review-image.ts'
import { readReviewSettings, writeReviewSettings } from './review-settings.ts'
import { addReviewer, listReviewers, removeReviewer } from './reviewers.ts'
import { countReviews, findReviews, presentReviews } from './reviews.queries.ts'

export function registerReviewRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'storage' | 'events'>): void {
  const { db } = context
  const posts = limitPosts(db)

  registerRoute(app, routes.reviewImage, async ({ user, params, body, request }) => {
    const ifMatch = request.headers['if-match']
    const isCurrent = (revision: number) => matchesRevision(ifMatch, revision)
    return reviewImage(context, user, { ...params, ...body, isCurrent })
  })

  registerRoute(app, routes.listReviews, async ({ user, params }) => {
    const { project } = await requireImage(db, user, params.imageId, 'view')
    await refuseVeiled(db, user, project, { imageId: params.imageId, what: 'label' })
    return { items: await presentReviews(db, await findReviews(db, params.imageId)) }
  })

  registerRoute(app, routes.listComments, async ({ user, params }) => ({
    items: await listComments(db, user, params.imageId),
  }))

  registerRoute(app, routes.addComment, async ({ user, params, body }) => {
    await posts.take(user.id)
    return addComment(context, user, { ...params, ...body })
  })

  registerRoute(app, routes.changeComment, async ({ user, params, body }) =>
    changeComment(context, user, params.commentId, body),
  )

  registerRoute(app, routes.deleteComment, async ({ user, params }) => {
    await deleteComment(context, user, params.commentId)
    return null
  })

  registerRoute(app, routes.getReviewSettings, async ({ user, params }) => {
    const { project } = await requireProjectView(db, user, params.projectId)
    return readReviewSettings(project)
  })

  registerRoute(app, routes.putReviewSettings, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const settings = await writeReviewSettings(context, project, body)
    await keepProjectFacts(context, project.id)
    return settings
  })

  registerRoute(app, routes.getReviewCounts, async ({ user, params }) => {
    const { project } = await requireProjectView(db, user, params.projectId)
    return countReviews(db, project.id, user.id)
  })

  registerRoute(app, routes.listReviewers, async ({ user, params }) => {
    const { project } = await requireProjectView(db, user, params.projectId)
    return { items: await listReviewers(db, project.id) }
  })

  registerRoute(app, routes.addReviewer, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    await addReviewer(context, project, body.userId)
    return { items: await listReviewers(db, project.id) }
  })

  registerRoute(app, routes.removeReviewer, async ({ user, params, body }) => {
    const project =
      body.userId === user.id
        ? (await requireProjectView(db, user, params.projectId)).project
        : await requireProject(db, user, params.projectId, 'manage')
    await removeReviewer(context, project, body.userId)
    return { items: await listReviewers(db, project.id) }
  })
}
