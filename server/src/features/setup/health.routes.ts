import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@vesalius/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { createMetrics } from './metrics.ts'

/** A balancer asks every few seconds and waits for no longer. */
const PATIENCE_MS = 2000

/**
 * `/livez`: the process answers at all. `/readyz`: it may be sent requests, which it may not while it stops or cannot reach
 * the database. `/metrics`: for this machine or an administrator.
 */
export function registerHealthRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'drain' | 'jobs' | 'database' | 'version' | 'log'>,
): void {
  const { db, drain } = context
  const registry = createMetrics(app, context)

  app.get('/livez', async () => ({ status: 'live' }))

  app.get('/readyz', async (_, reply) => {
    if (drain.isStopping) return reply.code(503).send({ status: 'stopping' })
    const answered = sql`SELECT 1`.execute(db).then(
      () => true,
      () => false,
    )
    const isReady = await Promise.race([answered, sleep(PATIENCE_MS, false, { ref: false })])
    return isReady ? { status: 'ready' } : reply.code(503).send({ status: 'no database' })
  })

  app.get('/metrics', async (request, reply) => {
    const user = await app.authenticate(request)
    if (!isLocal(request) && user?.role !== 'administrator') {
      throw new AppError('FORBIDDEN', 'Metrics are for administrators.')
    }
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function isLocal(request: FastifyRequest): boolean {
  const { remoteAddress = '' } = request.socket
  return /^(::1|(::ffff:)?127\.)/.test(remoteAddress) && request.headers['x-forwarded-for'] === undefined
}
