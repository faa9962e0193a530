import type { UserId } from '@vesalius/contracts'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findPlaces } from '../organisations/memberships.ts'
import { findTokenUser } from '../tokens/tokens.service.ts'
import { SESSION_COOKIE } from './accounts.ts'

/** Lets every route learn who is asking: an API token in `Authorization`, else the session cookie. */
export function registerAuthentication(app: FastifyInstance, { db, accounts }: Pick<Context, 'db' | 'accounts'>): void {
  app.decorate('authenticate', async (request: FastifyRequest): Promise<SignedIn | null> => {
    const { authorization, cookie } = request.headers
    if (authorization) return findTokenUser(db, authorization)
    if (!cookie?.includes(`${SESSION_COOKIE}=`)) return null
    const session = await accounts.api.getSession({ headers: fromNodeHeaders(request.headers) })
    if (!session || session.user.frozenAt) return null
    const id = session.user.id as UserId
    const role = session.user.role === 'administrator' ? 'administrator' : 'user'
    return { id, role, ...(await findPlaces(db, id)), by: 'session' }
  })
}
