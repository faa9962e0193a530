import type { UserId } from '@vesalius/contracts'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findPlaces } from '../organisations/memberships.ts'
import { isUnsecured } from '../rules/rules.service.ts'
import { findTokenUser } from '../tokens/tokens.service.ts'
import { SESSION_COOKIE } from './accounts.ts'

/** A session ends 30 days after its last use, and this long after its beginning whatever happens. */
const LONGEST_SESSION_MS = 90 * 86_400_000

/** Lets every route learn who is asking: an API token in `Authorization`, else the session cookie. */
export function registerAuthentication(app: FastifyInstance, { db, accounts }: Pick<Context, 'db' | 'accounts'>): void {
  app.decorate('authenticate', async (request: FastifyRequest): Promise<SignedIn | null> => {
    const { authorization, cookie } = request.headers
    if (authorization) return findTokenUser(db, authorization)
    if (!cookie?.includes(`${SESSION_COOKIE}=`)) return null
    const session = await accounts.api.getSession({ headers: fromNodeHeaders(request.headers) })
    if (!session || session.user.frozenAt) return null
    if (Date.now() - session.session.createdAt.getTime() > LONGEST_SESSION_MS) return null
    const id = session.user.id as UserId
    const role = session.user.role === 'administrator' ? 'administrator' : 'user'
    return { id, role, ...(await findPlaces(db, id)), isUnsecured: await isUnsecured(db, id), by: 'session' }
  })
}
