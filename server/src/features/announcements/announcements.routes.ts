import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import {
  findAnnouncements,
  findCurrentAnnouncements,
  insertAnnouncement,
  removeAnnouncement,
  updateAnnouncement,
} from './announcements.queries.ts'

export function registerAnnouncementRoutes(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  registerRoute(app, routes.listCurrentAnnouncements, async () => ({ items: await findCurrentAnnouncements(db) }))

  registerRoute(app, routes.listAnnouncements, async () => ({ items: await findAnnouncements(db) }))

  registerRoute(app, routes.createAnnouncement, async ({ user, body }) => insertAnnouncement(db, body, user.id))

  registerRoute(app, routes.changeAnnouncement, async ({ params, body }) =>
    updateAnnouncement(db, params.announcementId, body),
  )

  registerRoute(app, routes.deleteAnnouncement, async ({ params }) => {
    await removeAnnouncement(db, params.announcementId)
    return null
  })
}
