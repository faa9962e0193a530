import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { createToken, deleteToken, listTokens } from './tokens.service.ts'

export function registerTokenRoutes(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  registerRoute(app, routes.createToken, async ({ user, body }) => createToken(db, user.id, body))

  registerRoute(app, routes.listTokens, async ({ user }) => ({ items: await listTokens(db, user.id) }))

  registerRoute(app, routes.deleteToken, async ({ user, params }) => {
    await deleteToken(db, user.id, params.tokenId)
    return null
  })
}
