import { AppError, routes } from '@vesalius/contracts'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../context.ts'
import { AttemptLimit } from '../../http/attempt-limit.ts'
import { registerRoute } from '../../http/register-route.ts'
import { signInByDirectory } from '../directory/sign-in-by-directory.ts'
import { findSecondFactorDueAt } from '../rules/rules.service.ts'
import { registerAccount, type SignInAnswer, signIn } from './accounts.service.ts'
import { presentUser } from './accounts.ts'

const FIFTEEN_MINUTES = 15 * 60_000

export function registerAccountRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'accounts' | 'storage' | 'sealKey' | 'jobs' | 'config' | 'log'>,
): void {
  const { db } = context
  const registrations = new AttemptLimit(db, 'register', { limit: 200, windowMs: 4 * FIFTEEN_MINUTES })
  const ofName = new AttemptLimit(db, 'sign-in', { limit: 10, windowMs: FIFTEEN_MINUTES })
  // Many names with one password each are guessing, too.
  const ofAddress = new AttemptLimit(db, 'sign-in of an address', { limit: 200, windowMs: FIFTEEN_MINUTES })

  /** By a password of ours; whom we do not know by it, the directory may. */
  const enter = async (input: Parameters<typeof signIn>[1], headers: Headers): Promise<SignInAnswer> => {
    const { directory } = context.config
    try {
      return await signIn(context, input, headers)
    } catch (error) {
      if (!directory || !(error instanceof AppError && error.code === 'WRONG_CREDENTIALS')) throw error
      return signInByDirectory(context, directory, input, headers)
    }
  }

  registerRoute(app, routes.register, async ({ body, request, reply }) => {
    await registrations.take(request.ip)
    const { cookies, ...made } = await registerAccount(context, body, fromNodeHeaders(request.headers))
    setCookies(reply, cookies)
    return made
  })

  registerRoute(app, routes.login, async ({ body, request, reply }) => {
    const key = `${request.ip} ${body.login.toLowerCase()}`
    await ofAddress.take(request.ip)
    await ofName.take(key)
    try {
      const { user, cookies } = await enter(body, fromNodeHeaders(request.headers))
      await Promise.all([ofName.clear(key), ofAddress.giveBack(request.ip)])
      setCookies(reply, cookies)
      return { user }
    } catch (error) {
      if (error instanceof AppError && error.code === 'CODE_REQUIRED') await ofName.giveBack(key)
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
    const dueAt = await findSecondFactorDueAt(context.db, user.id)
    return { ...presentUser(row), secondFactorDueAt: dueAt?.toISOString() ?? null }
  })
}

function setCookies(reply: FastifyReply, cookies: string[]): void {
  if (cookies.length > 0) reply.header('set-cookie', cookies)
}
