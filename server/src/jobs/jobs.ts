import { JOBS, type JobName, type JobPayload } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { runAs } from '../db/actor.ts'
import type { Database } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

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
  /** Starts working; refuses when a job name lacks its handler. */
  work(handlers: JobHandlers): Promise<void>
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
  /** Stops taking jobs; running ones are aborted, and tried again after the next start. */
  stop(): Promise<void>
}

const HEARTBEAT_SECONDS = 20

export function createJobs(database: Database, onError: (error: Error) => void): Jobs {
  const boss = new PgBoss({
    ...database.queue,
    schema: 'jobs',
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    schedule: false,
  })
  boss.on('error', onError)
  const stopping = new AbortController()

  /** One worker takes one job after another; only when none waits does it go back to polling. */
  const startWorker = async <Name extends JobName>(name: Name, handle: JobHandler<Name>): Promise<void> => {
    let id: string | undefined
    const options = { includeMetadata: true, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 } as const
    id = await boss.work(name, options, async ([job]) => {
      if (!job) return
      try {
        const payload = JOBS[name].payload.parse(job.data) as JobPayload<Name>
        const signal = AbortSignal.any([job.signal, stopping.signal])
        const run = { payload, signal, isLastTry: job.retryCount >= job.retryLimit }
        await runAs({ id: null, by: 'job', via: name, reason: null }, () => handle(run))
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
    async work(handlers) {
      for (const name of Object.keys(JOBS) as JobName[]) {
        const handler = handlers[name]
        if (!handler) throw new Error(`job "${name}" has no handler`)
        for (let worker = 0; worker < handler.concurrency; worker += 1) {
          await startWorker(name, handler.handle as JobHandler<JobName>)
        }
      }
    },
    async enqueue(trx, name, payload, { key, priority, delaySeconds } = {}) {
      await boss.send(name, JOBS[name].payload.parse(payload), {
        db: fromKysely(trx),
        ...(key ? { singletonKey: key } : {}),
        ...(priority ? { priority } : {}),
        ...(delaySeconds ? { startAfter: delaySeconds } : {}),
      })
    },
    async enqueueMany(trx, name, jobs, { priority } = {}) {
      if (jobs.length === 0) return
      const rows = jobs.map(({ key, payload }) => ({
        data: JOBS[name].payload.parse(payload),
        singletonKey: key,
        ...(priority ? { priority } : {}),
      }))
      await boss.insert(name, rows, { db: fromKysely(trx) })
    },
    async stop() {
      stopping.abort()
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
