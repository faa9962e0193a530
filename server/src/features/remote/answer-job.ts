import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { AppError, type ImageId, type RemoteAnswer, type RemoteJobState, type WorkerOutcome } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { changeImage } from '../images/change-image.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { storeGuess } from '../predictions/store-guess.ts'
import { noteDelivery } from './deliveries.ts'
import { modelKeyOf } from './job-files.ts'
import { outsideModel } from './outside-model.ts'
import { readAnswer } from './read-answer.ts'
import { endRemoteJob, failPrelabel, findRemoteJob, isCurrent, type RemoteJobRow } from './remote-jobs.ts'
import { findRemoteServer } from './remote-server.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'storage' | 'events'>
type Held = { job: RemoteJobRow; project: ProjectRow }

const noLonger = () => new AppError('CONFLICT', 'The job is no longer yours, or no longer wanted.')

/**
 * What a worker says of an image, when it still holds the job and the question is still asked. An annotation that was made
 * meanwhile stays. Throws CONFLICT, LABEL_MISMATCH, IMAGE_FROZEN.
 */
export async function answerImage(parts: Parts, { job, project }: Held, answer: RemoteAnswer): Promise<RemoteJobState> {
  const server = await findRemoteServer(parts.db, project.id)
  const imageId = job.image_id as ImageId
  if (job.kind !== 'prelabel' || !server) throw noLonger()
  const image = await parts.db.selectFrom('images').selectAll().where('id', '=', imageId).executeTakeFirstOrThrow()
  const own = job.model_version_id ? await findModel(parts.db, job.model_version_id) : undefined
  const latencyMs = Math.max(0, Date.now() - job.created_at.getTime())
  const said = readAnswer(project, image, answer.predictions, latencyMs, own?.class_scheme)
  const modelVersionId = job.model_version_id ?? (await outsideModel(parts, project, server, answer.model))
  let state: RemoteJobState = 'cancelled'
  let refusal: AppError | null = null
  await changeImage(parts, imageId, async (trx, image, project) => {
    const now = await findRemoteJob(trx, job.id)
    if (now?.state !== 'leased' || now.lease_id !== job.lease_id) {
      refusal = noLonger()
      return
    }
    const server = await findRemoteServer(trx, project.id)
    refusal = isCurrent(now, project, server) ? obstacleOf(image) : noLonger()
    if (refusal) {
      await endRemoteJob(trx, job.id, 'cancelled', refusal.message)
      return
    }
    if (job.model_version_id && job.model_version_id !== project.serving_model_id) {
      await returnJob(trx, job, 'Another model serves meanwhile.')
      state = 'waiting'
      return
    }
    if (said.classScheme !== project.class_scheme) {
      await returnJob(trx, job, 'The classes were changed meanwhile.')
      state = 'waiting'
      return
    }
    await storeGuess(trx, image, { ...said, modelVersionId })
    await endRemoteJob(trx, job.id, 'succeeded')
    state = 'succeeded'
  })
  if (refusal) throw refusal
  return state
}

function obstacleOf(image: Parameters<typeof refuseUnchangeable>[0]): AppError | null {
  try {
    refuseUnchangeable(image)
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** Lets another worker take the job up. */
export async function returnJob(db: Parts['db'], job: RemoteJobRow, reason: string): Promise<void> {
  await db
    .updateTable('remote_jobs')
    .set({ state: 'waiting', lease_id: null, lease_until: null, reason })
    .where('id', '=', job.id)
    .where('lease_id', '=', job.lease_id)
    .where('state', '=', 'leased')
    .execute()
}

/** A worker gives up: another may try, or the job has failed and the person learns why. */
export async function failHeldJob(
  parts: Parts,
  { job, project }: Held,
  { reason, code, isForOthers }: { reason: string; code?: string | undefined; isForOthers: boolean },
): Promise<RemoteJobState> {
  const told = reason.replace(/\.?$/, '.')
  const note = { projectId: project.id, jobId: job.id, imageId: job.image_id, direction: 'in', status: 200 } as const
  await noteDelivery(parts.db, { ...note, outcome: 'failed', reason: told })
  if (isForOthers) {
    await returnJob(parts.db, job, told)
    return 'waiting'
  }
  if (job.kind === 'training') {
    await parts.db
      .updateTable('remote_jobs')
      .set({
        state: 'failed',
        reason: told,
        code: code ?? null,
        finished_at: sql`clock_timestamp()`,
        lease_until: null,
      })
      .where('id', '=', job.id)
      .where('lease_id', '=', job.lease_id)
      .where('state', '=', 'leased')
      .execute()
    return 'failed'
  }
  const fallsBack = (await findRemoteServer(parts.db, project.id))?.settings.fallsBack ?? true
  await failPrelabel(parts, { id: job.id, imageId: job.image_id as ImageId, reason: told, fallsBack })
  return 'failed'
}

/** The model of a training has arrived whole. Throws VALIDATION_FAILED, CONFLICT. */
export async function finishTraining(
  { db, storage }: Pick<Parts, 'db' | 'storage'>,
  { job, project }: Held,
  outcome: WorkerOutcome,
): Promise<RemoteJobState> {
  if (job.kind !== 'training' || !job.run_id) throw noLonger()
  const key = modelKeyOf({ id: job.run_id, project_id: project.id })
  if ((await storage.size(key)) === null) throw new AppError('VALIDATION_FAILED', 'The model has not arrived yet.')
  const hash = createHash('sha256')
  await pipeline(storage.stream(key), hash)
  if (hash.digest('hex') !== outcome.sha256) {
    throw new AppError('VALIDATION_FAILED', 'The model that arrived is another one: its SHA-256 differs.')
  }
  const ended = await db
    .updateTable('remote_jobs')
    .set({
      state: 'succeeded',
      result: json(outcome),
      reason: null,
      finished_at: sql`clock_timestamp()`,
      lease_until: null,
    })
    .where('id', '=', job.id)
    .where('lease_id', '=', job.lease_id)
    .where('state', '=', 'leased')
    .returning('id')
    .executeTakeFirst()
  if (!ended) throw noLonger()
  return 'succeeded'
}
