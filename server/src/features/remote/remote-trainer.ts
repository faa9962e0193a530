import { setTimeout as pause } from 'node:timers/promises'
import { AppError, ErrorCode, type RemoteJobId, type RunId } from '@vesalius/contracts'
import type { TrainingOutcome, TrainingRequest } from '@vesalius/engine/runner'
import type { Context } from '../../context.ts'
import { newId } from '../../ids.ts'
import { tryModel } from '../training/import-model.ts'
import { inspectModel } from '../training/inspect-model.ts'
import type { Trainer } from '../training/trainer.ts'
import { modelFileOf } from './job-files.ts'
import { endRemoteJob, findRemoteJob, isOpenJob, OPEN, type RemoteJobRow } from './remote-jobs.ts'

const LOOK_EVERY_MS = 500
/** A training that makes its worker vanish this often ends. */
const MOST_ATTEMPTS = 20
/** How long a training waits for a worker to come at all. */
const PATIENCE_MS = 24 * 3_600_000

/**
 * Lets a worker train that comes for the job: here it only waits, tells how far it is, and looks at the model that comes
 * back as at one that somebody imports. A stop of this process leaves the job with its worker, and the next one waits on.
 */
export function remoteTrainer(parts: Pick<Context, 'db' | 'predictor'>): Trainer {
  return {
    async train(request, { signal, onUpdate, runId }) {
      const { id } = await openJob(parts.db, runId)
      let points = 0
      for (;;) {
        if (signal?.aborted) return abandon(parts.db, id, signal)
        const job = await findRemoteJob(parts.db, id)
        if (!job) throw new AppError('TRAINING_FAILED', 'The job of this training is gone.')
        const { progress } = job
        for (const point of progress?.points.slice(points) ?? []) onUpdate?.({ kind: 'epoch', point })
        points = progress?.points.length ?? points
        if (progress?.progress) onUpdate?.({ kind: 'progress', progress: progress.progress })
        if (job.state === 'succeeded') return receive(parts, request, job)
        if (!isOpenJob(job)) throw failureOf(job)
        await endHopeless(parts.db, job)
        await pause(LOOK_EVERY_MS, undefined, signal ? { signal } : {}).catch(() => {})
      }
    },
  }
}

/** The job of a run that an earlier process left, else a new one. */
async function openJob(db: Context['db'], runId: RunId): Promise<Pick<RemoteJobRow, 'id'>> {
  return db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('remote_jobs')
      .select('id')
      .where('run_id', '=', runId)
      .where('state', 'in', [...OPEN, 'succeeded'])
      .executeTakeFirst()
    if (known) return known
    const { project_id } = await trx
      .selectFrom('runs')
      .select('project_id')
      .where('id', '=', runId)
      .executeTakeFirstOrThrow()
    const id = newId<RemoteJobId>()
    await trx
      .insertInto('remote_jobs')
      .values({
        ...{ id, project_id, kind: 'training', image_id: null, run_id: runId, server_version: 0 },
        ...{ state: 'waiting', expires_at: null },
      })
      .execute()
    return { id }
  })
}

/** Somebody's wish or quiet hours stop the worker too; the end of this process does not. */
async function abandon(db: Context['db'], id: RemoteJobId, signal: AbortSignal): Promise<never> {
  const { kind } = (signal.reason ?? {}) as { kind?: string }
  if (kind === 'cancelled' || kind === 'paused') await endRemoteJob(db, id, 'cancelled', 'The training was stopped.')
  throw new DOMException('training was cancelled', 'AbortError')
}

async function endHopeless(db: Context['db'], job: RemoteJobRow): Promise<void> {
  if (job.state !== 'waiting') return
  if (job.attempts >= MOST_ATTEMPTS) {
    await endRemoteJob(db, job.id, 'failed', `${job.attempts} workers began this training and said nothing more.`)
  } else if (job.attempts === 0 && Date.now() - job.created_at.getTime() > PATIENCE_MS) {
    await endRemoteJob(db, job.id, 'failed', 'No worker came for this training within a day. Is one running?')
  }
}

/** Nothing of it is used before it was looked at within bounds and has answered once. Throws MODEL_UNUSABLE. */
async function receive(
  { predictor }: Pick<Context, 'predictor'>,
  request: TrainingRequest,
  { result }: RemoteJobRow,
): Promise<TrainingOutcome> {
  if (!result) throw new AppError('TRAINING_FAILED', 'The worker said nothing of its model.')
  const modelFile = modelFileOf(request.directory)
  const { taskType, classes } = request
  const inspected = await inspectModel({ file: modelFile, taskType, classes })
  if (!inspected.found.canPredict) {
    throw new AppError('MODEL_UNUSABLE', 'The model that the worker brought answers other questions.')
  }
  await tryModel({ predictor }, modelFile)
  const { sha256, byteSize } = inspected
  return { ...result, modelFile, sha256, byteSize }
}

function failureOf({ state, reason, code }: RemoteJobRow): AppError {
  const known = ErrorCode.safeParse(code)
  if (state === 'cancelled') return new AppError('INTERRUPTED', reason ?? 'The training was taken back.')
  return new AppError(known.success ? known.data : 'TRAINING_FAILED', reason ?? 'The worker gave up.')
}
