import { JOBS, type JobName, type JobPayload } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { runAs } from '../db/actor.ts'
import type { Database } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { noTracing, type Tracing } from '../tracing/tracing.ts'
import { JOB_TRAITS, type JobKind } from './job-kinds.ts'

/** What a handler gets. It must stop soon after `signal` aborts, and may run again for the same payload. */
export interface JobRun<Name extends JobName> {
  payload: JobPayload<Name>
  signal: AbortSignal
  /** True when no further try follows a failure of this one. */
  isLastTry: boolean
}
export type JobHandler<Name extends JobName> = (run: JobRun<Name>) => Promise<void>
export type JobHandlers = { [Name in JobName]: { concurrency: number; handle: JobHandler<Name> } }

export interface EnqueueOptions {
  /** Of jobs with the same key only one waits. */
  key?: string
  priority?: number
  delaySeconds?: number
}

/** A job of many: of those with the same key only one waits. */
export interface KeyedPayload<Name extends JobName> {
  key: string
  payload: JobPayload<Name>
}

export interface Jobs {
  start(): Promise<void>
  /** Starts working on jobs of these kinds; refuses when a job name lacks its handler. */
  work(handlers: JobHandlers, kinds: readonly JobKind[]): Promise<void>
  enqueue<Name extends JobName>(
    trx: Transaction<Tables>,
    name: Name,
    payload: JobPayload<Name>,
    options?: EnqueueOptions,
  ): Promise<void>
  /** Many jobs of one name in one statement. */
  enqueueMany<Name extends JobName>(
    trx: Transaction<Tables>,
    name: Name,
    jobs: readonly KeyedPayload<Name>[],
    options?: Pick<EnqueueOptions, 'priority'>,
  ): Promise<void>
  /** Like enqueueMany, but leaves out those whose key has a job that waits or runs. Answers how many were queued. */
  enqueueMissing<Name extends JobName>(
    trx: Transaction<Tables>,
    name: Name,
    jobs: readonly KeyedPayload<Name>[],
    options?: Pick<EnqueueOptions, 'priority'>,
  ): Promise<number>
  /** How many jobs of each name wait, run, or were given up in the last hour. */
  count(): Promise<JobCount[]>
  /** Takes no more jobs. Short ones are let finish, for `graceMs` at most; the others are handed over to other processes. */
  drain(graceMs: number): Promise<void>
  stop(): Promise<void>
}

export interface JobCount {
  name: string
  waiting: number
  running: number
  failed: number
  /** Age of the job that waits for the longest, of those whose time has come; 0 where none waits. */
  oldestSeconds: number
}

/** Beside its payload a job may carry the trace that queued it. */
type Carried = object & { traceparent?: string }

const HEARTBEAT_SECONDS = 20
/** Of the queue's own; requests and jobs have their pool. */
const CONNECTIONS = 5

export function createJobs(
  database: Database,
  onError: (error: Error) => void,
  tracing: Pick<Tracing, 'carrier' | 'job'> = noTracing,
): Jobs {
  const boss = new PgBoss({
    ...database.queue,
    schema: 'jobs',
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    schedule: false,
    ...('connectionString' in database.queue ? { max: CONNECTIONS } : {}),
  })
  boss.on('error', onError)
  const names = Object.keys(JOBS) as JobName[]
  const handingOver = new AbortController()
  const ending = new AbortController()
  const running = new Set<Promise<void>>()

  const carried = (name: JobName, payload: unknown): object => ({
    ...JOBS[name].payload.parse(payload),
    ...tracing.carrier(),
  })

  /** One worker takes one job after another; only when none waits does it go back to polling. */
  const startWorker = async <Name extends JobName>(name: Name, handle: JobHandler<Name>): Promise<void> => {
    let id: string | undefined
    const options = { includeMetadata: true, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 } as const
    id = await boss.work(name, options, async ([job]) => {
      if (!job) return
      try {
        const { traceparent, ...data } = job.data as Carried
        const payload = JOBS[name].payload.parse(data) as JobPayload<Name>
        const stop = JOB_TRAITS[name].atStop === 'finish' ? ending.signal : handingOver.signal
        const signal = AbortSignal.any([job.signal, stop])
        const run = { payload, signal, isLastTry: job.retryCount >= job.retryLimit }
        const actor = { id: null, by: 'job', via: name, reason: null } as const
        const traced = () => tracing.job(name, { traceparent }, () => handle(run))
        const work = runAs(actor, traced).catch(async (error) => {
          if (!stop.aborted) throw error
          // A stop is no failure of the job: it goes on elsewhere and no try is counted.
          const { singletonKey, priority } = job
          await boss.send(name, job.data as Carried, {
            ...(singletonKey ? { singletonKey } : {}),
            ...(priority ? { priority } : {}),
          })
        })
        running.add(work)
        await work.finally(() => running.delete(work))
      } finally {
        if (id) boss.notifyWorker(id)
      }
    })
  }

  return {
    async start() {
      await boss.start()
      for (const [name, job] of Object.entries(JOBS)) {
        const options = {
          retryLimit: job.retryLimit,
          retryDelay: 1,
          retryBackoff: true,
          retryDelayMax: 60,
          expireInSeconds: job.expireInSeconds,
          deleteAfterSeconds: 3600,
          heartbeatSeconds: HEARTBEAT_SECONDS,
          notify: true,
        }
        await boss.createQueue(name, { ...options, policy: 'short' })
        await boss.updateQueue(name, options)
      }
      if (database.kind === 'embedded') await takeBackOrphans(boss)
    },
    async work(handlers, kinds) {
      for (const name of names) {
        const handler = handlers[name]
        if (!handler) throw new Error(`job "${name}" has no handler`)
        if (!kinds.includes(JOB_TRAITS[name].kind)) continue
        for (let worker = 0; worker < handler.concurrency; worker += 1) {
          await startWorker(name, handler.handle as JobHandler<JobName>)
        }
      }
    },
    async enqueue(trx, name, payload, { key, priority, delaySeconds } = {}) {
      await boss.send(name, carried(name, payload), {
        db: fromKysely(trx),
        ...(key ? { singletonKey: key } : {}),
        ...(priority ? { priority } : {}),
        ...(delaySeconds ? { startAfter: delaySeconds } : {}),
      })
    },
    async enqueueMany(trx, name, jobs, { priority } = {}) {
      if (jobs.length === 0) return
      const rows = jobs.map(({ key, payload }) => ({
        data: carried(name, payload),
        singletonKey: key,
        ...(priority ? { priority } : {}),
      }))
      await boss.insert(name, rows, { db: fromKysely(trx) })
    },
    async enqueueMissing(trx, name, jobs, options) {
      if (jobs.length === 0) return 0
      const keys = sql.join(jobs.map(({ key }) => key))
      const { rows } = await sql<{ key: string }>`SELECT singleton_key AS key FROM jobs.job
        WHERE name = ${name} AND state < 'completed' AND singleton_key IN (${keys})`.execute(trx)
      const open = new Set(rows.map(({ key }) => key))
      const missing = jobs.filter(({ key }) => !open.has(key))
      await this.enqueueMany(trx, name, missing, options)
      return missing.length
    },
    async count() {
      const { rows } = await sql<JobCount>`SELECT name,
          count(*) FILTER (WHERE state < 'active')::int AS waiting,
          count(*) FILTER (WHERE state = 'active')::int AS running,
          count(*) FILTER (WHERE state = 'failed' AND completed_on > now() - interval '1 hour')::int AS failed,
          coalesce(extract(epoch FROM now() - min(start_after) FILTER (WHERE state < 'active' AND start_after <= now())), 0)::float8
            AS "oldestSeconds"
        FROM jobs.job GROUP BY name ORDER BY name`.execute(database.db)
      return rows.filter(({ name }) => name in JOBS)
    },
    async drain(graceMs) {
      handingOver.abort()
      const stopped = Promise.allSettled(names.map((name) => boss.offWork(name, { wait: false })))
      await stopped
      const timer = setTimeout(() => ending.abort(), graceMs)
      await Promise.allSettled(running)
      clearTimeout(timer)
    },
    async stop() {
      handingOver.abort()
      ending.abort()
      await boss.stop({ graceful: true, timeout: 8000, close: true })
    },
  }
}

/** We hold the only lock on an embedded database, so a job still marked active belongs to a process that died. */
async function takeBackOrphans(boss: PgBoss): Promise<void> {
  for (const name of Object.keys(JOBS)) {
    const { rows } = await boss
      .getDb()
      .executeSql(`SELECT id FROM jobs.job WHERE name = $1 AND state = 'active'`, [name])
    for (const { id } of rows as { id: string }[]) await boss.fail(name, id, { reason: 'process ended' })
  }
}
