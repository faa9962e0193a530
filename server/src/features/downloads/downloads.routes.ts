import { Readable } from 'node:stream'
import { AppError, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { attachmentNamed } from '../images/content-disposition.ts'
import { requireProjectView } from '../projects/access.ts'
import { findTargets } from '../readings/reading-target.ts'
import { findDownload, insertDownload } from './downloads.queries.ts'
import { zipImages } from './zip-images.ts'

export function registerDownloadRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'storage'>): void {
  const { db } = context

  registerRoute(app, routes.createDownload, async ({ user, params, body }) => {
    const { project } = await requireProjectView(db, user, params.projectId)
    const imageIds = [...new Set(body.imageIds)]
    return { id: await insertDownload(db, { userId: user.id, projectId: project.id, imageIds }) }
  })

  registerRoute(app, routes.getDownload, async ({ user, params, reply }) => {
    const asked = await findDownload(db, { id: params.downloadId, userId: user.id })
    if (!asked) throw new AppError('NOT_FOUND', 'There is no such download, or its hour has passed.')
    const { project, access } = await requireProjectView(db, user, asked.project_id)
    const archive = await zipImages(context, project, {
      projectId: project.id,
      imageIds: asked.image_ids,
      sharedWith: access === 'editor' ? user.id : undefined,
      findHidden: async (ids) => {
        const targets = await findTargets(db, user, project, ids)
        return new Set([...targets.values()].flatMap(({ imageId, hidesLabel }) => (hidesLabel ? [imageId] : [])))
      },
    })
    return reply
      .type('application/zip')
      .header('content-disposition', attachmentNamed(`${project.name}.zip`))
      .header('cache-control', 'private, no-store')
      .send(Readable.from(archive))
  })
}
