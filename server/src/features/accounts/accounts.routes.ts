import { AppError, routes } from '@vesalius/contracts'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../context.ts'
import { FailureLimit } from '../../http/failure-limit.ts'
import { registerRoute } from '../../http/register-route.ts'
import { registerAccount, signIn } from './accounts.service.ts'
import { presentUser } from './accounts.ts'

const FIFTEEN_MINUTES = 15 * 60_000

export function registerAccountRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'accounts' | 'storage' | 'sealKey'>,
): void {
  const failures = new FailureLimit(10, FIFTEEN_MINUTES)

  registerRoute(app, routes.register, async ({ body, request, reply }) => {
    const { user, cookies } = await registerAccount(context, body, fromNodeHeaders(request.headers))
    setCookies(reply, cookies)
    return { user }
  })

  registerRoute(app, routes.login, async ({ body, request, reply }) => {
    const key = `${request.ip} ${body.login.toLowerCase()}`
    failures.check(key)
    try {
      const { user, cookies } = await signIn(context, body, fromNodeHeaders(request.headers))
      failures.clear(key)
      setCookies(reply, cookies)
      return { user }
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CODE_REQUIRED')) failures.fail(key)
      throw error
    }
  })

  registerRoute(app, routes.logout, async ({ request, reply }) => {
    const headers = fromNodeHeaders(request.headers)
    const response = await context.accounts.api.signOut({ headers, asResponse: true })
    setCookies(reply, response.headers.getSetCookie())
    return null
  })

  registerRoute(app, routes.me, async ({ user }) => {
    const row = await context.db.selectFrom('users').selectAll().where('id', '=', user.id).executeTakeFirst()
    if (!row) throw new AppError('NOT_SIGNED_IN', 'This account no longer exists.')
    return presentUser(row)
  })
}

function setCookies(reply: FastifyReply, cookies: string[]): void {
  if (cookies.length > 0) reply.header('set-cookie', cookies)
}
