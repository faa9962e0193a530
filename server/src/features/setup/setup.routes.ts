import { openApiDocument, routes, TASK_TYPES } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { findRelyingParty } from '../passkeys/relying-party.ts'

/** What anyone may know: the version, whether an account exists, the task types, the description of this API. */
export function registerSetupRoutes(
  app: FastifyInstance,
  { db, config, version }: Pick<Context, 'db' | 'config' | 'version'>,
): void {
  const document = openApiDocument(version)
  app.get('/openapi.json', async () => document)

  registerRoute(app, routes.setupState, async ({ request }) => {
    const account = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
    return {
      hasAccounts: account !== undefined,
      offersPasskeys: findRelyingParty(config, request) !== null,
      version,
    }
  })

  registerRoute(app, routes.listTaskTypes, async () => ({
    items: TASK_TYPES.map((entry) => ({ ...entry, defaultClasses: [...entry.defaultClasses] })),
  }))
}
