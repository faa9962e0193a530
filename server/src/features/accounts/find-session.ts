import type { SessionId } from '@vesalius/contracts'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'

/** The session that a request comes with; null for requests by token. */
export async function findSession(
  { accounts }: Pick<Context, 'accounts'>,
  request: FastifyRequest,
): Promise<{ id: SessionId; createdAt: Date } | null> {
  const found = await accounts.api.getSession({ headers: fromNodeHeaders(request.headers) })
  return found ? { id: found.session.id as SessionId, createdAt: found.session.createdAt } : null
}
