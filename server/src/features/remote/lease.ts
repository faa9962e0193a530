import { randomUUID } from 'node:crypto'
import {
  AppError,
  type ImageId,
  isClassification,
  type RemoteJobId,
  type WorkerJob,
  type WorkerProgress,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { mediaTypeOf } from '../images/picture-format.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { mayWorkFor } from '../projects/access.ts'
import type { FrozenRuns } from './frozen-runs.ts'
import { findRemoteJob, type RemoteJobRow } from './remote-jobs.ts'
import type { WorkerTokenRow } from './worker-tokens.ts'

/** How long a job stays with a worker that says nothing more. */
const LEASE_SECONDS = 60
const MOST_FRAMES = 500
const MOST_POINTS = 5000
/** Jobs that turn out to be void are passed by, some at a time. */
const MOST_VOID = 20

type Parts = Pick<Context, 'db'> & { frozenRuns: FrozenRuns }
const leaseUntil = sql<Date>`now() + ${LEASE_SECONDS} * interval '1 second'`

/** The oldest job that a worker with this token may do, first looks before trainings; null: there is none. */
export async function leaseJob(
  parts: Parts,
  token: WorkerTokenRow,
  kinds: readonly RemoteJobRow['kind'][],
): Promise<WorkerJob | null> {
  for (let passed = 0; passed < MOST_VOID; passed += 1) {
    const job = await takeOldest(parts, token, kinds)
    if (!job) return null
    const described = await describeJob(parts, job)
    if (described) return described
    await endVoid(parts, job)
  }
  return null
}

async function takeOldest({ db }: Parts, token: WorkerTokenRow, kinds: readonly RemoteJobRow['kind'][]) {
  return db.transaction().execute(async (trx) => {
    const next = await trx
      .selectFrom('remote_jobs')
      .innerJoin('projects', 'projects.id', 'remote_jobs.project_id')
      .innerJoin('remote_servers', 'remote_servers.project_id', 'remote_jobs.project_id')
      .select('remote_jobs.id')
      .where('remote_jobs.state', '=', 'waiting')
      .where('remote_jobs.kind', 'in', kinds)
      .where('projects.deleted_at', 'is', null)
      .where(
        token.organisation_id ? 'projects.organisation_id' : 'remote_jobs.project_id',
        '=',
        (token.organisation_id ?? token.project_id) as never,
      )
      .where(
        sql<boolean>`(remote_jobs.expires_at IS NULL OR remote_jobs.expires_at > now())
          AND CASE WHEN remote_jobs.kind = 'training' THEN settings->>'kind' = 'worker'
            ELSE settings->>'kind' IN ('worker', 'pull') AND remote_jobs.server_version = remote_servers.version END`,
      )
      .orderBy('remote_jobs.kind')
      .orderBy('remote_jobs.created_at')
      .orderBy('remote_jobs.id')
      .limit(1)
      .forUpdate('remote_jobs')
      .skipLocked()
      .executeTakeFirst()
    if (!next) return undefined
    return trx
      .updateTable('remote_jobs')
      .set({
        state: 'leased',
        lease_id: randomUUID(),
        lease_until: leaseUntil,
        worker_token_id: token.id,
        attempts: sql`attempts + 1`,
      })
      .where('id', '=', next.id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

/** Null: what it asks is no longer wanted. */
async function describeJob(parts: Parts, job: RemoteJobRow): Promise<WorkerJob | null> {
  const { db } = parts
  const project = await db.selectFrom('projects').selectAll().where('id', '=', job.project_id).executeTakeFirst()
  if (!project || !job.lease_id || !job.lease_until) return null
  const held = {
    ...{ id: job.id, lease: job.lease_id, leaseUntil: job.lease_until.toISOString() },
    ...{ projectId: project.id, taskType: project.task_type, classes: project.classes },
  }
  if (job.kind === 'training') return describeTraining(parts, job, held)
  const image = await db.selectFrom('images').selectAll().where('id', '=', job.image_id).executeTakeFirst()
  if (!image || (image.state !== 'TO_LABEL' && image.state !== 'NORMAL')) return null
  return { kind: 'prelabel', ...held, ...(await describeImage(parts, { job, project, image })) }
}

async function describeImage(
  { db }: Parts,
  { job, project, image }: { job: RemoteJobRow; project: ProjectRow; image: ImageRow },
) {
  const server = await db
    .selectFrom('remote_servers')
    .select('settings')
    .where('project_id', '=', project.id)
    .executeTakeFirstOrThrow()
  const isOurs = server.settings.kind === 'worker'
  const model = isOurs && project.serving_model_id ? await findModel(db, project.serving_model_id) : undefined
  await db
    .updateTable('remote_jobs')
    .set({ model_version_id: model?.id ?? null })
    .where('id', '=', job.id)
    .execute()
  const isOfEach = project.algorithm.guessFrames === 'every' && !isClassification(project.task_type)
  const isOriginal = isOurs || server.settings.picture === 'original'
  return {
    image: {
      ...{ id: image.id as ImageId, width: image.width, height: image.height, frames: image.frames },
      mediaType: isOriginal ? mediaTypeOf(image.type) : 'image/png',
      contentHash: image.content_hash,
    },
    ask: Array.from({ length: isOfEach ? Math.min(image.frames, MOST_FRAMES) : 1 }, (_, frame) => frame),
    model: model ? { sha256: model.sha256, byteSize: model.byte_size } : null,
  }
}

type Held = Pick<WorkerJob, 'id' | 'lease' | 'leaseUntil' | 'projectId' | 'taskType' | 'classes'>

async function describeTraining({ db, frozenRuns }: Parts, job: RemoteJobRow, held: Held): Promise<WorkerJob | null> {
  const run = await db.selectFrom('runs').selectAll().where('id', '=', job.run_id).executeTakeFirst()
  if (!run || (run.state !== 'running' && run.state !== 'pending') || run.cancel_requested) return null
  const frozen = await frozenRuns.read(run)
  if (!frozen) return null
  const { request, start } = frozen
  const model = start && request.warmStartModel ? await findModel(db, start.id) : undefined
  return {
    ...{ kind: 'training', ...held, classes: request.classes, runId: run.id, backbone: request.backbone },
    ...{ imageSize: request.imageSize, seed: request.seed, budgetMinutes: request.budgetMinutes },
    ...{ memoryLimitMb: request.memoryLimitMb ?? null, scope: request.scope ?? 'whole' },
    items: request.items.length,
    model: model ? { sha256: model.sha256, byteSize: model.byte_size } : null,
  }
}

async function endVoid({ db }: Parts, job: RemoteJobRow): Promise<void> {
  await db
    .updateTable('remote_jobs')
    .set({
      state: 'cancelled',
      reason: 'It is no longer wanted.',
      finished_at: sql`clock_timestamp()`,
      lease_until: null,
    })
    .where('id', '=', job.id)
    .where('state', '=', 'leased')
    .execute()
}

/** The job that a worker holds. Throws NOT_FOUND for jobs of others, CONFLICT when it is no longer its own. */
export async function requireLease(
  { db }: Pick<Parts, 'db'>,
  token: WorkerTokenRow,
  { remoteJobId, lease }: { remoteJobId: RemoteJobId; lease: string },
): Promise<{ job: RemoteJobRow; project: ProjectRow }> {
  const job = await findRemoteJob(db, remoteJobId)
  const project =
    job && (await db.selectFrom('projects').selectAll().where('id', '=', job.project_id).executeTakeFirst())
  if (!job || !project || !mayWorkFor(token, project)) throw new AppError('NOT_FOUND', 'There is no such job.')
  if (job.state !== 'leased' || job.lease_id !== lease) {
    throw new AppError('CONFLICT', 'The job is no longer yours: it was stopped, finished, or handed to another worker.')
  }
  return { job, project }
}

/** Holds the job for longer, and notes how far it is. Throws CONFLICT when it is another's meanwhile. */
export async function keepLease({ db }: Pick<Parts, 'db'>, job: RemoteJobRow, said: WorkerProgress): Promise<Date> {
  const known = job.progress?.points ?? []
  const points = [...known, ...said.points].slice(-MOST_POINTS)
  const progress = { progress: said.progress ?? job.progress?.progress ?? null, points }
  const kept = await db
    .updateTable('remote_jobs')
    .set({ lease_until: leaseUntil, ...(job.kind === 'training' ? { progress: json(progress) } : {}) })
    .where('id', '=', job.id)
    .where('lease_id', '=', job.lease_id)
    .where('state', '=', 'leased')
    .returning('lease_until')
    .executeTakeFirst()
  if (!kept?.lease_until) throw new AppError('CONFLICT', 'The job is no longer yours.')
  return kept.lease_until
}
