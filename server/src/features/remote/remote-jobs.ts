import type { ImageId, Problem, ProjectId, RemoteJobId, RemoteJobState } from '@vesalius/contracts'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { RemoteJobsTable } from '../../db/tables/remote.ts'
import type { ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import { changeImage } from '../images/change-image.ts'
import { enqueuePrelabel, PRELABEL_PRIORITY } from '../predictions/prelabel-queue.ts'

/** What was asked of a server or is to be done by a worker, from the question to its end. */
export type RemoteJobRow = Selectable<RemoteJobsTable>

export const OPEN: readonly RemoteJobState[] = ['waiting', 'sent', 'leased']
export const isOpenJob = ({ state }: Pick<RemoteJobRow, 'state'>): boolean => OPEN.includes(state)

const MESSAGE_LENGTH = 400

export async function findRemoteJob(db: Db, id: RemoteJobId): Promise<RemoteJobRow | undefined> {
  return db.selectFrom('remote_jobs').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Ends a job that is open; undefined where it was not. */
export async function endRemoteJob(
  db: Db,
  id: RemoteJobId,
  state: 'succeeded' | 'failed' | 'cancelled',
  reason: string | null = null,
): Promise<RemoteJobRow | undefined> {
  return db
    .updateTable('remote_jobs')
    .set({ state, reason, finished_at: sql`clock_timestamp()`, lease_until: null })
    .where('id', '=', id)
    .where('state', 'in', OPEN)
    .returningAll()
    .executeTakeFirst()
}

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'jobs'>

/**
 * Ends the question about an image without an answer: the project's own model is asked where the settings say so, else
 * the person learns the reason and can try again. False where the question was closed already. `note` is written with it.
 */
export async function failPrelabel(
  parts: Parts,
  { id, imageId, reason, fallsBack }: { id: RemoteJobId; imageId: ImageId; reason: string; fallsBack: boolean },
  note: (trx: Transaction<Tables>) => Promise<void> = async () => {},
): Promise<boolean> {
  let isEnded = false
  await changeImage(parts, imageId, async (trx, image, project) => {
    isEnded = (await endRemoteJob(trx, id, 'failed', reason)) !== undefined
    if (!isEnded) return
    await note(trx)
    const isLocal = project.algorithm.strategy === 'local'
    if (isLocal || (fallsBack && project.serving_model_id)) {
      await parts.jobs.enqueue(trx, 'prelabel-image', { imageId, isFallback: true }, { key: imageId })
    } else await tellProblem(trx, image, reason)
  })
  return isEnded
}

async function tellProblem(trx: Transaction<Tables>, image: ImageRow, reason: string): Promise<void> {
  if (image.annotated_at !== null || (image.state !== 'TO_LABEL' && image.state !== 'NORMAL')) return
  const message = `The remote model gave no guess: ${reason.slice(0, MESSAGE_LENGTH)} Try again.`
  const problem: Problem = { code: 'PRELABEL_FAILED', message }
  await trx
    .updateTable('images')
    .set({ problem: json(problem), updated_at: sql`clock_timestamp()` })
    .where('id', '=', image.id)
    .execute()
}

/** Takes back every open question about images of a project and asks anew, of whom the settings name now. */
export async function withdrawPrelabels({ db, jobs }: Pick<Parts, 'db' | 'jobs'>, projectId: ProjectId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const ended = await trx
      .updateTable('remote_jobs')
      .set({ state: 'cancelled', reason: 'The settings changed.', finished_at: sql`clock_timestamp()` })
      .where('project_id', '=', projectId)
      .where('kind', '=', 'prelabel')
      .where('state', 'in', OPEN)
      .returning('image_id')
      .execute()
    const imageIds = ended.flatMap(({ image_id }) => (image_id ? [image_id] : []))
    await enqueuePrelabel(jobs, trx, imageIds, PRELABEL_PRIORITY.project)
  })
}

/** Whether a question that was asked is still one: the server is the same, and still the one to ask. */
export function isCurrent(
  job: Pick<RemoteJobRow, 'server_version'>,
  project: Pick<ProjectRow, 'algorithm' | 'deleted_at'>,
  server: { version: number } | undefined,
): boolean {
  return (
    project.deleted_at === null && project.algorithm.strategy === 'remote' && server?.version === job.server_version
  )
}
