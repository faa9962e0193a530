import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { purgeImage } from '../bin/purge-image.ts'
import { requireImage } from '../images/require-image.ts'
import { findPeople } from '../people/people.queries.ts'
import { actOnImages } from './act-on-images.ts'
import { copyImage } from './copy-image.ts'
import { addEditor, listEditors, removeEditor } from './editors.ts'

/** Shares, copies, the end of an image, and any of these for many at once. */
export function registerSharingRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'jobs' | 'events' | 'previews' | 'log'>,
): void {
  const { db } = context

  registerRoute(app, routes.findPeople, async ({ user, query }) => ({
    items: await findPeople(db, query.name, user.id),
  }))

  registerRoute(app, routes.listEditors, async ({ user, params }) => {
    const { image } = await requireImage(db, user, params.imageId, 'view')
    return { items: await listEditors(db, image.id) }
  })

  registerRoute(app, routes.addEditor, async ({ user, params, body }) => ({
    items: await addEditor(context, user, { ...params, ...body }),
  }))

  registerRoute(app, routes.removeEditor, async ({ user, params, body }) => ({
    items: await removeEditor(context, user, { ...params, ...body }),
  }))

  registerRoute(app, routes.copyImage, async ({ user, params, body }) =>
    copyImage(context, user, { ...params, ...body }),
  )

  registerRoute(app, routes.purgeImage, async ({ user, params }) => {
    const { image } = await requireImage(db, user, params.imageId, 'manage')
    await purgeImage(context, image.id)
    return null
  })

  registerRoute(app, routes.actOnImages, async ({ user, params, body }) =>
    actOnImages(context, user, { projectId: params.projectId, action: body }),
  )
}
