import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Context } from '../../context.ts'
import { JOB_TRAITS } from '../../jobs/job-kinds.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'database' | 'version' | 'log'>

/** Of the installation, the same from every process, so asked of the database at most this often by each. */
const FRESH_MS = 5_000

/**
 * What Prometheus asks for: the process itself, its requests, and of the installation its queue, its processes and images
 * that need a person. Labels are names of routes, jobs and states; nothing that says anything of a person or an image.
 */
export function createMetrics(app: FastifyInstance, parts: Parts): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const duration = new Histogram({
    name: 'vesalius_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  gauge('vesalius_info', 'Version of the program', ['version']).set({ version: parts.version }, 1)
  const waiting = gauge('vesalius_jobs_waiting', 'Jobs that wait for a worker', ['job', 'kind'])
  const running = gauge('vesalius_jobs_running', 'Jobs under way', ['job', 'kind'])
  const failed = gauge('vesalius_jobs_failed', 'Jobs given up within the last hour', ['job', 'kind'])
  const oldest = gauge('vesalius_jobs_oldest_seconds', 'Age of the job that waits for the longest', ['job', 'kind'])
  const processes = gauge('vesalius_processes', 'Processes that are alive, by role and version', ['role', 'version'])
  const workers = gauge('vesalius_workers', 'Processes that take jobs of a kind', ['kind'])
  const images = gauge('vesalius_images_unlabelled', 'Images without a first look: waiting, or with a problem', [
    'state',
  ])
  const connections = gauge('vesalius_database_connections', 'Connections to this database, by state', ['state'])
  const up = gauge('vesalius_database_up', 'Whether the last question to the database was answered')

  const collect = async () => {
    const counts = new Map((await parts.jobs.count()).map((count) => [count.name, count]))
    for (const [job, { kind }] of Object.entries(JOB_TRAITS)) {
      const count = counts.get(job)
      waiting.set({ job, kind }, count?.waiting ?? 0)
      running.set({ job, kind }, count?.running ?? 0)
      failed.set({ job, kind }, count?.failed ?? 0)
      oldest.set({ job, kind }, count?.oldestSeconds ?? 0)
    }
    const { rows } = await sql<{ state: string; count: number }>`
      SELECT CASE WHEN problem IS NULL THEN 'waiting' ELSE 'problem' END AS state, count(*)::int AS count
      FROM images WHERE state = 'TO_LABEL' GROUP BY 1`.execute(parts.db)
    for (const state of ['waiting', 'problem'])
      images.set({ state }, rows.find((row) => row.state === state)?.count ?? 0)
    if (parts.database.kind === 'server') await collectServer()
  }
  const collectServer = async () => {
    const alive = await parts.db
      .selectFrom('processes')
      .select(['role', 'kinds', 'version'])
      .where(sql<boolean>`seen_at > now() - interval '40 seconds'`)
      .execute()
    processes.reset()
    for (const { role, version } of alive) processes.inc({ role, version })
    for (const kind of new Set(Object.values(JOB_TRAITS).map((traits) => traits.kind))) {
      workers.set({ kind }, alive.filter(({ kinds }) => kinds.split(',').includes(kind)).length)
    }
    const { rows } = await sql<{
      state: string
      count: number
    }>`SELECT coalesce(state, 'other') AS state, count(*)::int AS count
      FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1`.execute(parts.db)
    connections.reset()
    for (const { state, count } of rows) connections.set({ state }, count)
  }

  let fresh: Promise<void> | null = null
  const refresh = () => {
    fresh ??= collect()
      .then(
        () => up.set(1),
        (error: unknown) => {
          up.set(0)
          parts.log.warn({ err: error }, 'the figures of the installation could not be collected')
        },
      )
      .finally(() => {
        setTimeout(() => {
          fresh = null
        }, FRESH_MS).unref()
      })
    return fresh
  }
  const text = registry.metrics.bind(registry)
  registry.metrics = async () => {
    await refresh()
    return text()
  }
  return registry
}
