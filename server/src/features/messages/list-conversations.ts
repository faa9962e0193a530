import { AppError, type Conversation, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findMessages } from './message-rows.ts'
import { presentMessages } from './present-messages.ts'
import { rememberReading } from './subjects.ts'
import { findTopics, presentTopics } from './topics.ts'

const InboxCursor = z.strictObject({ at: z.iso.datetime(), root: z.uuid() })

/** Threads of a person, newest message first. One whose subject they may see no more leaves their inbox. */
export async function listConversations(
  db: Db,
  user: SignedIn,
  { cursor, limit, unread }: { cursor?: string | undefined; limit: number; unread: boolean },
): Promise<{ items: Conversation[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor)
  let query = db
    .selectFrom('thread_inboxes')
    .innerJoin('threads', 'threads.root_id', 'thread_inboxes.root_id')
    .selectAll('thread_inboxes')
    .select('threads.size')
    .where('user_id', '=', user.id)
    .orderBy('thread_inboxes.active_at', 'desc')
    .orderBy('thread_inboxes.root_id', 'desc')
    .limit(limit + 1)
  if (unread) query = query.where('unread', '>', 0)
  if (after) {
    query = query.where(
      sql<boolean>`(thread_inboxes.active_at, thread_inboxes.root_id) < (${new Date(after.at)}::timestamptz, ${after.root})`,
    )
  }
  const found = await query.execute()
  const page = found.slice(0, limit)
  const topics = await findTopics(
    db,
    page.map((row) => row.topic_id),
  )
  const mayRead = rememberReading(db, user)
  const rows: typeof page = []
  for (const row of page) {
    const topic = topics.get(row.topic_id)
    if (topic && (await mayRead(topic))) rows.push(row)
    else await leave(db, user.id, row.root_id)
  }
  const names = await presentTopics(db, [...topics.values()])
  const messages = await presentMessages(
    db,
    user,
    await findMessages(
      db,
      rows.map((row) => row.last_message_id),
    ),
  )
  const byId = new Map(messages.map((message) => [message.id, message]))
  const last = page.at(-1)
  return {
    items: rows.flatMap((row) => {
      const [topic, message] = [names.get(row.topic_id), byId.get(row.last_message_id)]
      if (!topic || !message) return []
      const { size, unread: unreadCount, is_muted: isMuted } = row
      return { topic, last: message, size, unread: unreadCount, isMuted, activeAt: row.active_at.toISOString() }
    }),
    nextCursor: found.length > limit && last ? writeCursor(last.active_at, last.root_id) : null,
  }
}

async function leave(db: Db, userId: UserId, rootId: string): Promise<void> {
  await db.deleteFrom('thread_inboxes').where('user_id', '=', userId).where('root_id', '=', rootId).execute()
}

const writeCursor = (at: Date, root: string) =>
  Buffer.from(JSON.stringify({ at: at.toISOString(), root })).toString('base64url')

function readCursor(text: string): z.infer<typeof InboxCursor> {
  try {
    return InboxCursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw new AppError('BAD_REQUEST', 'The cursor does not belong to this list. Begin at the first page.')
  }
}
