import { type LabelFile, routes } from '@vesalius/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireImage } from '../images/require-image.ts'
import { refuseVeiled } from '../readings/veil.ts'
import { readLabel, submitLabel, takeBackLabel } from './labels.service.ts'
import { listRevisions } from './list-revisions.ts'
import { matchesRevision, revisionTag } from './revision-tag.ts'

export function registerLabelRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'storage' | 'events'>): void {
  const { db } = context

  registerRoute(app, routes.getLabel, async ({ user, params, reply }) =>
    tagged(reply, await readLabel(db, user, params.imageId)),
  )

  registerRoute(app, routes.putLabel, async ({ user, params, body, request, reply }) => {
    const ifMatch = request.headers['if-match']
    const isCurrent = (revision: number, scheme?: number) => matchesRevision(ifMatch, revision, scheme)
    return tagged(reply, await submitLabel(context, { user, imageId: params.imageId, label: body, isCurrent }))
  })

  registerRoute(app, routes.takeBackLabel, async ({ user, params, request, reply }) => {
    const ifMatch = request.headers['if-match']
    const isCurrent = (revision: number, scheme?: number) => matchesRevision(ifMatch, revision, scheme)
    return tagged(reply, await takeBackLabel(context, { user, imageId: params.imageId, isCurrent }))
  })

  registerRoute(app, routes.listLabelRevisions, async ({ user, params }) => {
    const { image, project } = await requireImage(db, user, params.imageId, 'view')
    await refuseVeiled(db, user, project, { imageId: image.id, what: 'label' })
    return { items: await listRevisions(db, image, project) }
  })
}

function tagged(reply: FastifyReply, label: LabelFile): LabelFile {
  reply
    .header('etag', revisionTag(label.meta?.revision ?? 0, label.meta?.classScheme))
    .header('cache-control', 'private, no-cache')
  return label
}
