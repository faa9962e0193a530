import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { changeAccount, endAllSessions, listAccounts, sendReset } from './accounts.service.ts'
import { rememberOverview } from './overview.ts'

/** What those who run the installation see and do. */
export function registerAdministrationRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'database' | 'jobs' | 'config' | 'version'>,
): void {
  const { db, config } = context
  const getOverview = rememberOverview(context)

  registerRoute(app, routes.listAccounts, async ({ query }) => listAccounts(db, query))

  registerRoute(app, routes.changeAccount, async ({ user, params, body }) =>
    changeAccount(db, user.id, params.userId, body),
  )

  registerRoute(app, routes.sendPasswordReset, async ({ params }) => {
    await sendReset(context, params.userId)
    return null
  })

  registerRoute(app, routes.endAccountSessions, async ({ params }) => {
    await endAllSessions(db, params.userId)
    return null
  })

  registerRoute(app, routes.getOverview, getOverview)

  registerRoute(app, routes.listSettings, async () => ({ items: [...config.shown] }))
}
