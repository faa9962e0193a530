import type { NewsCount, Notification, NotificationId, UserId } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { NotificationsTable } from '../../db/tables/messages.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findMessages } from '../messages/message-rows.ts'
import { presentMessages } from '../messages/present-messages.ts'
import { nameOf } from '../people/people.queries.ts'

const SHOWN_CHARACTERS = 200

export async function countNews(db: Db, userId: UserId): Promise<NewsCount> {
  const { threads } = await db
    .selectFrom('thread_inboxes')
    .select((select) => select.fn.countAll<number>().as('threads'))
    .where('user_id', '=', userId)
    .where('unread', '>', 0)
    .where('is_muted', '=', false)
    .executeTakeFirstOrThrow()
  const { notifications } = await db
    .selectFrom('notifications')
    .select((select) => select.fn.countAll<number>().as('notifications'))
    .where('user_id', '=', userId)
    .where('seen_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { threads, notifications }
}

export async function listNotifications(
  db: Db,
  user: SignedIn,
  { before, limit }: { before: NotificationId | null; limit: number },
): Promise<{ items: Notification[]; nextCursor: string | null }> {
  let query = db
    .selectFrom('notifications')
    .selectAll()
    .where('user_id', '=', user.id)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (before) query = query.where('id', '<', before)
  const found = await query.execute()
  const rows = found.slice(0, limit)
  return { items: await present(db, user, rows), nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null }
}

export async function markSeen(db: Db, userId: UserId, ids: readonly NotificationId[] | undefined): Promise<void> {
  if (ids?.length === 0) return
  let query = db
    .updateTable('notifications')
    .set({ seen_at: new Date() })
    .where('user_id', '=', userId)
    .where('seen_at', 'is', null)
  if (ids) query = query.where('id', 'in', ids)
  await query.execute()
}

async function present(
  db: Db,
  user: SignedIn,
  rows: readonly Selectable<NotificationsTable>[],
): Promise<Notification[]> {
  const names = await nameOf(db, [...new Set(rows.flatMap((row) => row.by_id ?? []))])
  const messageIds = rows.flatMap((row) => row.message_id ?? [])
  const messages = await presentMessages(db, user, await findMessages(db, [...new Set(messageIds)]))
  const images = await namesOf(
    db,
    'images',
    rows.flatMap((row) => row.image_id ?? []),
  )
  const projects = await namesOf(
    db,
    'projects',
    rows.flatMap((row) => row.project_id ?? []),
  )
  return rows.map((row) => {
    const message = messages.find(({ id }) => id === row.message_id)
    const username = row.by_id && names.get(row.by_id)
    const image = images.get(row.image_id ?? '')
    // Of a message they may not read any more, what it was about is nothing of theirs either.
    const showsImage = image?.projectId && (row.message_id === null || message)
    return {
      id: row.id,
      kind: row.kind,
      by: row.by_id && username ? { id: row.by_id, username } : null,
      message: message ? { id: message.id, text: message.text.slice(0, SHOWN_CHARACTERS) } : null,
      image: row.image_id && showsImage ? { id: row.image_id, projectId: image.projectId, name: image.name } : null,
      project: row.project_id ? { id: row.project_id, name: projects.get(row.project_id)?.name ?? '' } : null,
      outcome: row.outcome,
      createdAt: row.created_at.toISOString(),
      seenAt: row.seen_at?.toISOString() ?? null,
    }
  }) as Notification[]
}

async function namesOf(db: Db, table: 'images' | 'projects', ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { name: string; projectId: string | null }>()
  const rows =
    table === 'images'
      ? await db
          .selectFrom('images')
          .select(['id', 'name', 'project_id as projectId'])
          .where('id', 'in', ids as never)
          .execute()
      : await db
          .selectFrom('projects')
          .select(['id', 'name', 'id as projectId'])
          .where('id', 'in', ids as never)
          .execute()
  return new Map<string, { name: string; projectId: string | null }>(rows.map((row) => [row.id, row]))
}
