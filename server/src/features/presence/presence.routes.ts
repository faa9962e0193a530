import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { announcePresence, leaveImage } from './presence.service.ts'

export function registerPresenceRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'events'>): void {
  registerRoute(app, routes.announcePresence, async ({ user, params, body }) => ({
    items: await announcePresence(context, user, { ...params, ...body }),
  }))

  registerRoute(app, routes.leaveImage, async ({ user, params, body }) => {
    await leaveImage(context, user, { ...params, ...body })
    return null
  })
}
