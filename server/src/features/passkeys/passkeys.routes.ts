import { randomBytes } from 'node:crypto'
import { API_PREFIX, AppError, routes } from '@vesalius/contracts'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { AttemptLimit } from '../../http/attempt-limit.ts'
import { readCookie } from '../../http/read-cookie.ts'
import { registerRoute } from '../../http/register-route.ts'
import { refuseFrozen } from '../accounts/accounts.service.ts'
import { presentUser } from '../accounts/accounts.ts'
import { refuseUnconfirmed } from '../accounts/confirm-email.ts'
import { findSession } from '../accounts/find-session.ts'
import { ensureDefaultProjects } from '../projects/projects.service.ts'
import { CHALLENGE_MS } from './challenges.ts'
import {
  addPasskey,
  askForPasskey,
  beginPasskey,
  checkPasskey,
  listPasskeys,
  removePasskey,
  renamePasskey,
} from './passkeys.service.ts'
import { proveIdentity } from './prove-identity.ts'
import { findRelyingParty, requireRelyingParty } from './relying-party.ts'

/** Binds a sign-in to the browser that began it. */
const COOKIE = 'vesalius_passkey'
const COOKIE_PATH = `${API_PREFIX}${routes.endPasskeySignIn.path}`

/** Signing in by passkeys, and those of one's own account. */
export function registerPasskeyRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'accounts' | 'config' | 'jobs' | 'log'>,
): void {
  const { db, config } = context
  const begun = new AttemptLimit(db, 'begun passkey sign-ins', { limit: 600, windowMs: 15 * 60_000 })
  const attributes = `Path=${COOKIE_PATH}; HttpOnly; SameSite=Strict${config.publicUrl?.startsWith('https:') ? '; Secure' : ''}`
  const cookieOf = (secret: string, seconds: number) => `${COOKIE}=${secret}; Max-Age=${seconds}; ${attributes}`

  registerRoute(app, routes.beginPasskeySignIn, async ({ request, reply }) => {
    const party = requireRelyingParty(config, request)
    await begun.take(request.ip)
    const browser = randomBytes(32).toString('base64url')
    reply.header('set-cookie', cookieOf(browser, CHALLENGE_MS / 1000))
    return askForPasskey(db, party, { purpose: 'sign-in', holder: browser })
  })

  registerRoute(app, routes.endPasskeySignIn, async ({ body, request, reply }) => {
    const asked = { purpose: 'sign-in' as const, holder: readCookie(request, COOKIE) ?? '' }
    const id = await checkPasskey(context, requireRelyingParty(config, request), asked, body.passkey)
    await refuseFrozen(db, id)
    await refuseUnconfirmed(context, id)
    await ensureDefaultProjects(db, id)
    const headers = fromNodeHeaders(request.headers)
    const response = await context.accounts.api.openSession({ body: { userId: id }, headers, asResponse: true })
    reply.header('set-cookie', [...response.headers.getSetCookie(), cookieOf('', 0)])
    return {
      user: presentUser(await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()),
    }
  })

  const sessionOf = async (request: FastifyRequest): Promise<string> => {
    const session = await findSession(context, request)
    if (!session) throw new AppError('NOT_SIGNED_IN', 'Sign in first.')
    return session.id
  }

  registerRoute(app, routes.beginProof, async ({ user, request }) => {
    const party = requireRelyingParty(config, request)
    return askForPasskey(db, party, { purpose: 'proof', holder: await sessionOf(request) }, user.id)
  })

  registerRoute(app, routes.listPasskeys, async ({ user, request }) => ({
    items: await listPasskeys(db, user.id),
    isAvailable: findRelyingParty(config, request) !== null,
  }))

  registerRoute(app, routes.beginPasskey, async ({ user, body, request }) => {
    const party = requireRelyingParty(config, request)
    await proveIdentity(context, { user, request }, body)
    const row = await db
      .selectFrom('users')
      .select(['name', 'email'])
      .where('id', '=', user.id)
      .executeTakeFirstOrThrow()
    return beginPasskey(db, party, { purpose: 'creation', holder: await sessionOf(request) }, { id: user.id, ...row })
  })

  registerRoute(app, routes.addPasskey, async ({ user, body, request }) => {
    const asked = { purpose: 'creation' as const, holder: await sessionOf(request) }
    return addPasskey(context, requireRelyingParty(config, request), asked, user.id, body)
  })

  registerRoute(app, routes.renamePasskey, async ({ user, params, body: { name, ...proof }, request }) => {
    await proveIdentity(context, { user, request }, proof)
    return renamePasskey(db, user.id, params.passkeyId, name)
  })

  registerRoute(app, routes.removePasskey, async ({ user, params, body, request }) => {
    await proveIdentity(context, { user, request }, body)
    await removePasskey(db, user.id, params.passkeyId)
    return null
  })
}
