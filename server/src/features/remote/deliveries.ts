import { createHash } from 'node:crypto'
import type { ImageId, ProjectId, RemoteDelivery, RemoteJobId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { newId } from '../../ids.ts'

/** What was said between us and remote servers: shown to who set them up, and how a doubled message is known. */

const LIST_LIMIT = 100
const KEPT_DAYS = 7
const REASON_LENGTH = 500

export interface Said {
  projectId: ProjectId
  jobId: RemoteJobId | null
  imageId: ImageId | null
  direction: RemoteDelivery['direction']
  messageId?: string
  bodyHash?: string
  status: number | null
  outcome: RemoteDelivery['outcome']
  reason: string | null
  milliseconds?: number
}

/** Notes a message. Of an incoming one under an id that was said before nothing is noted. */
export async function noteDelivery(db: Db, said: Said): Promise<void> {
  await db
    .insertInto('remote_deliveries')
    .values({
      id: newId(),
      project_id: said.projectId,
      job_id: said.jobId,
      image_id: said.imageId,
      direction: said.direction,
      message_id: said.messageId ?? null,
      body_hash: said.bodyHash ?? null,
      status: said.status,
      outcome: said.outcome,
      reason: said.reason?.slice(0, REASON_LENGTH) ?? null,
      milliseconds: said.milliseconds === undefined ? null : Math.round(said.milliseconds),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Notes that somebody without a secret tried: once a minute, so that a flood of them fills nothing. */
export async function noteForgery(db: Db, said: Omit<Said, 'direction' | 'outcome'>): Promise<void> {
  const recent = await db
    .selectFrom('remote_deliveries')
    .select('id')
    .where('project_id', '=', said.projectId)
    .where('at', '>', sql<Date>`now() - interval '1 minute'`)
    .where('direction', '=', 'in')
    .where('message_id', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (!recent) await noteDelivery(db, { ...said, direction: 'in', outcome: 'refused' })
}

/** What came in under this id before. */
export async function findDelivery(db: Db, projectId: ProjectId, messageId: string) {
  return db
    .selectFrom('remote_deliveries')
    .select(['body_hash', 'status', 'outcome', 'reason', 'job_id'])
    .where('project_id', '=', projectId)
    .where('message_id', '=', messageId)
    .where('direction', '=', 'in')
    .executeTakeFirst()
}

export async function listDeliveries(db: Db, projectId: ProjectId): Promise<RemoteDelivery[]> {
  const rows = await db
    .selectFrom('remote_deliveries')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LIST_LIMIT)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    direction: row.direction,
    jobId: row.job_id,
    imageId: row.image_id,
    status: row.status,
    outcome: row.outcome,
    reason: row.reason,
    milliseconds: row.milliseconds,
    at: row.at.toISOString(),
  }))
}

/** Ids are forgotten after a week: by then the time of their signature has long passed. */
export async function forgetDeliveries(db: Db): Promise<void> {
  const before = sql<Date>`now() - ${KEPT_DAYS} * interval '1 day'`
  await db.deleteFrom('remote_deliveries').where('at', '<', before).execute()
  await db.deleteFrom('remote_jobs').where('finished_at', '<', before).execute()
}

export const hashBody = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')
