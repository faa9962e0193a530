import type { ImageId, ProjectId } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { findUnannotated, findWaiting } from './predictions.queries.ts'

/** Who waits for a first guess decides who comes first. */
export const PRELABEL_PRIORITY = { asked: 20, upload: 10, project: 1 } as const

const PAGE = 1000

/** Queues first guesses in the caller's transaction; an image that already waits is not queued twice. */
export async function enqueuePrelabel(
  jobs: Context['jobs'],
  trx: Transaction<Tables>,
  imageIds: readonly ImageId[],
  priority: number = PRELABEL_PRIORITY.project,
): Promise<void> {
  const keyed = imageIds.map((imageId) => ({ key: imageId, payload: { imageId } }))
  await jobs.enqueueMany(trx, 'prelabel-image', keyed, { priority })
}

type Parts = Pick<Context, 'db' | 'jobs'>

/** Queues every image of a project that nobody annotated. Answers how many. */
export async function prelabelUnannotated(parts: Parts, projectId: ProjectId): Promise<number> {
  return enqueuePages(parts, PRELABEL_PRIORITY.project, (after) =>
    findUnannotated(parts.db, { projectId, after, limit: PAGE }),
  )
}

/** The same as a job: whoever promises it in a transaction need not wait for it. */
export function prelabelProjectHandler(parts: Parts): JobHandler<'prelabel-project'> {
  return async ({ payload }) => {
    await prelabelUnannotated(parts, payload.projectId)
  }
}

/** Images that wait for their first look and have no job, since it was given up or lost, get one. Answers how many. */
export async function resumePrelabels(parts: Parts): Promise<number> {
  let queued = 0
  let after: ImageId | null = null
  for (;;) {
    const page: ImageId[] = await findWaiting(parts.db, { after, limit: PAGE })
    const keyed = page.map((imageId) => ({ key: imageId, payload: { imageId } }))
    queued += await parts.db
      .transaction()
      .execute((trx) => parts.jobs.enqueueMissing(trx, 'prelabel-image', keyed, { priority: PRELABEL_PRIORITY.upload }))
    after = page.at(-1) ?? null
    if (page.length < PAGE) return queued
  }
}

async function enqueuePages(
  { db, jobs }: Parts,
  priority: number,
  findPage: (after: ImageId | null) => Promise<ImageId[]>,
): Promise<number> {
  let queued = 0
  let after: ImageId | null = null
  for (;;) {
    const page: ImageId[] = await findPage(after)
    if (page.length > 0) await db.transaction().execute((trx) => enqueuePrelabel(jobs, trx, page, priority))
    queued += page.length
    after = page.at(-1) ?? null
    if (page.length < PAGE) return queued
  }
}
