import { setTimeout as pause } from 'node:timers/promises'
import { routes, type WorkerJob } from '@vesalius/contracts'
import { TrainingError } from '@vesalius/engine/runner'
import { holdJob } from './hold-job.ts'
import { prelabel, type Tools, UnfitJobError } from './prelabel-job.ts'
import { trainHere } from './training-job.ts'
import { RefusedError } from './worker-api.ts'
import { DamagedFileError, type Hold, StoreFullError } from './worker-store.ts'

const IDLE_MS = 1000
const MOST_IDLE_MS = 5000
/** While there is no server. */
const MOST_WAIT_MS = 30_000

export interface WorkerOptions {
  name: string
  kinds: WorkerJob['kind'][]
  tell: (line: string) => void
  holds: Set<Hold>
  signal: AbortSignal
}

/**
 * Comes for jobs until it is stopped: first looks in one turn after the other, and beside them one training at a time, so
 * that a training keeps nobody waiting. A server that is away is waited for. Throws RefusedError for a token that holds no more.
 */
export async function runWorker(tools: Tools, options: WorkerOptions): Promise<void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const loops = options.kinds.map((kind) =>
    comeAndGo(tools, { ...options, signal }, kind).catch((error) => {
      stop.abort()
      throw error
    }),
  )
  const ended = await Promise.allSettled(loops)
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

async function comeAndGo(tools: Tools, options: WorkerOptions, kind: WorkerJob['kind']): Promise<void> {
  const { name, signal, tell } = options
  let idleMs = IDLE_MS
  while (!signal.aborted) {
    try {
      // Not cut off by a stop: a job that was handed out must be given back.
      const { job } = await tools.api.call(routes.leaseJob, { body: { kinds: [kind], name } })
      if (job) await work(tools, options, job)
      else await pause(idleMs, undefined, { signal }).catch(() => {})
      idleMs = job ? IDLE_MS : Math.min(MOST_IDLE_MS, idleMs * 1.5)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof RefusedError && error.status === 401) throw error
      tell(`The server cannot be reached or refuses (${messageOf(error)}): trying again.`)
      idleMs = Math.min(MOST_WAIT_MS, idleMs * 2)
      await pause(idleMs, undefined, { signal }).catch(() => {})
    }
  }
}

async function work(tools: Tools, { holds, signal, tell }: WorkerOptions, job: WorkerJob): Promise<void> {
  const held = holdJob(tools.api, job, signal)
  const hold: Hold = new Set()
  holds.add(hold)
  try {
    if (job.kind === 'prelabel') await prelabel(tools, job, hold, held.signal)
    else {
      tell(`Training ${job.runId} with ${job.items} images`)
      await trainHere(tools, job, hold, held)
      tell(`Training ${job.runId} is done`)
    }
  } catch (error) {
    if (held.isLost() || (error instanceof RefusedError && error.isLost)) {
      tell(`Job ${job.id} is no longer ours: stopped`)
      return
    }
    await giveUp(tools, job, error, signal.aborted)
    if (!signal.aborted) tell(`Job ${job.id}: ${messageOf(error)}`)
  } finally {
    await held.end().catch(() => {})
    holds.delete(hold)
  }
}

/** Lets the server know, so that it need not wait for the lease to end. What is this machine's trouble, others may not have. */
async function giveUp({ api, store }: Tools, job: WorkerJob, error: unknown, isStopping: boolean): Promise<void> {
  const isOurs = [StoreFullError, DamagedFileError, UnfitJobError, RefusedError].some((kind) => error instanceof kind)
  const code = error instanceof TrainingError ? error.code : undefined
  const isForOthers = isStopping || isOurs || code === 'STORAGE_FULL' || (error as { code?: string }).code === 'ENOSPC'
  const reason = isStopping ? 'The worker was stopped.' : messageOf(error).slice(0, 500)
  const body = { reason, isForOthers, ...(code && !isForOthers ? { code } : {}) }
  const input = { params: { remoteJobId: job.id }, query: { lease: job.lease }, body }
  await api.call(routes.failJob, input).catch(() => {})
  if (job.kind === 'training' && !isForOthers) await store.forgetRun(job.runId)
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return `${message}${cause}`
}
