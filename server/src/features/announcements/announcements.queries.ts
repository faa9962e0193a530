import { type Announcement, type AnnouncementId, AppError, type UserId } from '@vesalius/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { AnnouncementsTable } from '../../db/tables/announcements.ts'
import { newId } from '../../ids.ts'

const MOST_CURRENT = 5
const MOST = 200

/** What is announced now: warnings first, then what began last. */
export async function findCurrentAnnouncements(db: Db): Promise<Announcement[]> {
  const now = sql<Date>`now()`
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where('starts_at', '<=', now)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', now)]))
    .orderBy('tone', 'desc')
    .orderBy('starts_at', 'desc')
    .limit(MOST_CURRENT)
    .execute()
  return rows.map(present)
}

export async function findAnnouncements(db: Db): Promise<Announcement[]> {
  const rows = await db.selectFrom('announcements').selectAll().orderBy('starts_at', 'desc').limit(MOST).execute()
  return rows.map(present)
}

export async function insertAnnouncement(db: Db, input: Omit<Announcement, 'id'>, byId: UserId): Promise<Announcement> {
  const row = await db
    .insertInto('announcements')
    .values({ id: newId<AnnouncementId>(), ...columnsOf(input), created_by: byId })
    .returningAll()
    .executeTakeFirstOrThrow()
  return present(row)
}

export async function updateAnnouncement(
  db: Db,
  id: AnnouncementId,
  input: Omit<Announcement, 'id'>,
): Promise<Announcement> {
  const row = await db
    .updateTable('announcements')
    .set(columnsOf(input))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw noAnnouncement()
  return present(row)
}

export async function removeAnnouncement(db: Db, id: AnnouncementId): Promise<void> {
  const row = await db.deleteFrom('announcements').where('id', '=', id).returning('id').executeTakeFirst()
  if (!row) throw noAnnouncement()
}

function columnsOf({ english, chinese, tone, startsAt, endsAt }: Omit<Announcement, 'id'>) {
  return { english, chinese, tone, starts_at: new Date(startsAt), ends_at: endsAt === null ? null : new Date(endsAt) }
}

function present(row: Selectable<AnnouncementsTable>): Announcement {
  const { id, english, chinese, tone, starts_at, ends_at } = row
  return { id, english, chinese, tone, startsAt: starts_at.toISOString(), endsAt: ends_at?.toISOString() ?? null }
}

function noAnnouncement(): AppError {
  return new AppError('NOT_FOUND', 'There is no such announcement.')
}
