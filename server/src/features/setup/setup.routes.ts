import { openApiDocument, routes, TASK_TYPES } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'

/** What anyone may know: the version, whether an account exists, the task types, the description of this API. */
export function registerSetupRoutes(app: FastifyInstance, { db, version }: Pick<Context, 'db' | 'version'>): void {
  const document = openApiDocument(version)
  app.get('/openapi.json', async () => document)

  registerRoute(app, routes.setupState, async () => {
    const account = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
    return { hasAccounts: account !== undefined, version }
  })

  registerRoute(app, routes.listTaskTypes, async () => ({
    items: TASK_TYPES.map((entry) => ({ ...entry, defaultClasses: [...entry.defaultClasses] })),
  }))
}
