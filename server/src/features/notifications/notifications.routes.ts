import { AppError, NotificationId, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { countNews, listNotifications, markSeen } from './notifications.queries.ts'

/** Each person reads their own notes only. */
export function registerNotificationRoutes(app: FastifyInstance, { db, events }: Pick<Context, 'db' | 'events'>): void {
  registerRoute(app, routes.countNews, async ({ user }) => countNews(db, user.id))

  registerRoute(app, routes.listNotifications, async ({ user, query: { cursor, limit } }) => {
    const before = NotificationId.nullable().safeParse(cursor ?? null)
    if (!before.success) throw new AppError('BAD_REQUEST', 'The cursor does not belong to this list.')
    return listNotifications(db, user, { before: before.data, limit })
  })

  registerRoute(app, routes.markNotificationsSeen, async ({ user, body }) => {
    await markSeen(db, user.id, body.ids)
    events.publish([user.id], { kind: 'notification' })
    return countNews(db, user.id)
  })
}
