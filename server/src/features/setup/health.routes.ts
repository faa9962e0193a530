import { AppError } from '@vesalius/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Context } from '../../context.ts'

/** Liveness, readiness and Prometheus metrics. Metrics are for this machine or an administrator. */
export function registerHealthRoutes(app: FastifyInstance, { db, drain }: Pick<Context, 'db' | 'drain'>): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'vesalius_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })

  app.get('/livez', async () => ({ status: 'live' }))

  app.get('/readyz', async (_, reply) => {
    if (drain.isStopping) return reply.code(503).send({ status: 'stopping' })
    await sql`SELECT 1`.execute(db)
    return { status: 'ready' }
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
