import { API_PREFIX, AppError, fillPath, type Problem, routes, type UserId } from '@vesalius/contracts'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { AttemptLimit } from '../../http/attempt-limit.ts'
import { readCookie } from '../../http/read-cookie.ts'
import { registerRoute } from '../../http/register-route.ts'
import { refuseFrozen } from '../accounts/accounts.service.ts'
import { limitedProof } from '../accounts/limited-proof.ts'
import { findPassword, requirePassword } from '../accounts/passwords.ts'
import { lockWaysIn } from '../passkeys/passkeys.service.ts'
import { ensureDefaultProjects } from '../projects/projects.service.ts'
import { findOrMakeAccount, linkAccount, providerKey } from './find-account.ts'
import { applyGroupRoles } from './group-roles.ts'
import type { Identity } from './identity.ts'
import { DIRECTORY_ID } from './provider-settings.ts'
import { openProviders, type Provider } from './providers.ts'
import { beginJourney, endJourney, JOURNEY_SECONDS, type Journey } from './sign-in-state.ts'

const COOKIE = 'vesalius_sign_in'
const COOKIE_PATH = `${API_PREFIX}/auth/providers`

/** Sign-in by accounts elsewhere, and the links between those and accounts here. */
export function registerProviderRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'accounts' | 'storage' | 'config' | 'sealKey' | 'log'>,
): void {
  const { db, config, log } = context
  const providers = openProviders(config)
  const labels = new Map([...providers].map(([id, { settings }]) => [id, settings.label]))
  if (config.directory) labels.set(DIRECTORY_ID, config.directory.label)
  const begun = new AttemptLimit(db, 'begun sign-ins', { limit: 100, windowMs: 15 * 60_000 })
  const isSecure = config.publicUrl?.startsWith('https:') ?? false

  const find = (id: string): Provider => {
    const provider = providers.get(id)
    if (!provider) throw new AppError('NOT_FOUND', 'There is no such sign-in service.')
    return provider
  }
  const redirectUriOf = (provider: string) =>
    `${config.publicUrl?.replace(/\/$/, '')}${API_PREFIX}${fillPath(routes.endProviderSignIn.path, { provider })}`

  const begin = async (reply: FastifyReply, journey: Journey) => {
    const { addressOf } = find(journey.provider)
    const { browser, ...secrets } = await beginJourney(context, journey)
    const url = await addressOf({ redirectUri: redirectUriOf(journey.provider), ...secrets }).catch((cause) => {
      log.warn({ err: cause, provider: journey.provider }, 'a sign-in service does not answer')
      throw new AppError('SIGN_IN_FAILED', 'The sign-in service does not answer.', {}, { cause })
    })
    const attributes = `Path=${COOKIE_PATH}; Max-Age=${JOURNEY_SECONDS}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
    reply.header('set-cookie', `${COOKIE}=${browser}; ${attributes}`)
    return { url: url.href }
  }

  registerRoute(app, routes.listProviders, async () => ({
    items: [...providers.values()].map(({ settings: { id, label } }) => ({ id, label })),
  }))

  registerRoute(app, routes.beginProviderSignIn, async ({ params, body, request, reply }) => {
    await begun.take(request.ip)
    return begin(reply, { provider: params.provider, userId: null, returnTo: body.to })
  })

  registerRoute(app, routes.endProviderSignIn, async ({ params, query, request, reply }) => {
    const { provider } = params
    const { returnTo, problem, cookies } = await arrive(find(provider), query.state ?? '', request)
    reply.header('set-cookie', [...cookies, `${COOKIE}=; Path=${COOKIE_PATH}; Max-Age=0; HttpOnly; SameSite=Lax`])
    return reply.redirect(problem ? withProblem(returnTo, problem) : returnTo)
  })

  const arrive = async (provider: Provider, state: string, request: FastifyRequest) => {
    const browser = readCookie(request, COOKIE) ?? ''
    const journey = await endJourney(context, { provider: provider.settings.id, state, browser })
    const returnTo = journey?.userId ? '/account' : '/sign-in'
    try {
      if (!journey) throw new AppError('SIGN_IN_FAILED', 'This sign-in took too long or began in another browser.')
      const redirectUri = redirectUriOf(provider.settings.id)
      const answer = new URL(`${redirectUri}${new URL(request.url, 'http://localhost').search}`)
      const identity = await provider.identify(answer, { redirectUri, state, ...journey })
      if (journey.userId) await link(provider, identity, journey.userId, request)
      const cookies = journey.userId ? [] : await signIn(provider, identity, request)
      return { returnTo: journey.userId ? '/account' : journey.returnTo, problem: null, cookies }
    } catch (error) {
      if (!(error instanceof AppError)) log.warn({ err: error, provider: provider.settings.id }, 'a sign-in failed')
      return { returnTo, problem: error instanceof AppError ? error.code : ('SIGN_IN_FAILED' as const), cookies: [] }
    }
  }

  /** Only for the very person who began: the session that comes back must be theirs. */
  const link = async ({ settings }: Provider, identity: Identity, userId: UserId, request: FastifyRequest) => {
    const user = await app.authenticate(request)
    if (user?.id !== userId) throw new AppError('NOT_SIGNED_IN', 'Sign in first.')
    await db.transaction().execute((trx) => linkAccount(trx, settings, identity, userId))
  }

  const signIn = async ({ settings }: Provider, identity: Identity, request: FastifyRequest): Promise<string[]> => {
    const { userId } = await db.transaction().execute(async (trx) => {
      const account = await findOrMakeAccount(trx, settings, identity)
      await applyGroupRoles(trx, account.userId, settings, identity.groups)
      return account
    })
    await refuseFrozen(db, userId)
    await context.storage.ensureFolder(`users/${userId}`)
    await ensureDefaultProjects(db, userId)
    const headers = fromNodeHeaders(request.headers)
    const response = await context.accounts.api.openSession({ body: { userId }, headers, asResponse: true })
    return response.headers.getSetCookie()
  }

  registerRoute(app, routes.listLinkedProviders, async ({ user }) => {
    const rows = await db
      .selectFrom('auth_accounts')
      .select(['providerId', 'createdAt'])
      .where('userId', '=', user.id)
      .where('providerId', 'like', providerKey('%'))
      .orderBy('createdAt')
      .execute()
    return {
      items: rows.map(({ providerId, createdAt }) => {
        const id = providerId.slice(providerKey('').length)
        return { id, label: labels.get(id) ?? id, linkedAt: createdAt.toISOString() }
      }),
    }
  })

  registerRoute(app, routes.linkProvider, async ({ user, body, reply }) => {
    if (await findPassword(db, user.id)) {
      await limitedProof(db, user.id, () => requirePassword(db, user.id, body.password ?? ''))
    }
    return begin(reply, { provider: body.provider, userId: user.id, returnTo: '/account' })
  })

  registerRoute(app, routes.unlinkProvider, async ({ user, body }) => {
    await db.transaction().execute(async (trx) => {
      const ways = await lockWaysIn(trx, user.id)
      const left = await trx
        .deleteFrom('auth_accounts')
        .where('userId', '=', user.id)
        .where('providerId', '=', providerKey(body.provider))
        .returning('id')
        .execute()
      if (left.length === 0) throw new AppError('NOT_FOUND', 'No account of this service is linked.')
      if (left.length === ways) {
        throw new AppError('LAST_WAY_IN', 'Nothing else would be left to sign in with. Set a password first.')
      }
    })
    return null
  })
}

const withProblem = (path: string, problem: Problem['code']) => `${path}?problem=${problem}`
