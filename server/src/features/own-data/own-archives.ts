import { AppError, type OwnArchive, type OwnArchiveId, type UserId } from '@vesalius/contracts'
import { type Selectable, sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { OwnArchivesTable } from '../../db/tables/own-archives.ts'
import { newId } from '../../ids.ts'

const KEPT_DAYS = 7
const DAY_MS = 86_400_000

export const archiveKey = (id: OwnArchiveId): string => `own-archives/${id}.zip`

/** One at a time: while one is gathered it is answered again. Those of more than a week go on the way. */
export async function startArchive(
  { db, jobs, storage }: Pick<Context, 'db' | 'jobs' | 'storage'>,
  userId: UserId,
): Promise<OwnArchive> {
  const old = await db
    .deleteFrom('own_archives')
    .where('created_at', '<', sql<Date>`now() - make_interval(days => ${KEPT_DAYS})`)
    .returning('id')
    .execute()
  for (const { id } of old) await storage.remove(archiveKey(id))
  const row = await db.transaction().execute(async (trx) => {
    await trx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
    const pending = await trx
      .selectFrom('own_archives')
      .selectAll()
      .where('user_id', '=', userId)
      .where('state', '=', 'pending')
      .executeTakeFirst()
    if (pending) return pending
    const id = newId<OwnArchiveId>()
    const made = await trx
      .insertInto('own_archives')
      .values({ id, user_id: userId, state: 'pending', byte_size: null })
      .returningAll()
      .executeTakeFirstOrThrow()
    await jobs.enqueue(trx, 'gather-own-data', { archiveId: id }, { key: id })
    return made
  })
  return present(row)
}

export async function listArchives(db: Db, userId: UserId): Promise<OwnArchive[]> {
  const rows = await kept(db).where('user_id', '=', userId).orderBy('created_at', 'desc').execute()
  return rows.map(present)
}

/** Throws NOT_FOUND for one that is another's, not ready, or too old. */
export async function requireArchive(db: Db, userId: UserId, id: OwnArchiveId): Promise<void> {
  const row = await kept(db).where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  if (row?.state !== 'ready') throw new AppError('NOT_FOUND', 'There is no such archive, or its week has passed.')
}

function kept(db: Db) {
  return db
    .selectFrom('own_archives')
    .selectAll()
    .where('created_at', '>', sql<Date>`now() - make_interval(days => ${KEPT_DAYS})`)
}

function present({ id, state, byte_size, created_at }: Selectable<OwnArchivesTable>): OwnArchive {
  const endsAt = new Date(created_at.getTime() + KEPT_DAYS * DAY_MS)
  return { id, state, byteSize: byte_size, createdAt: created_at.toISOString(), endsAt: endsAt.toISOString() }
}
