import type { MessageId, UserId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import type { Thread } from '../threads/threads.ts'
import { findRoot, walkThread } from '../threads/threads.ts'
import { findMessages } from './message-rows.ts'
import type { TopicRow } from './subjects.ts'

/** Counting stops here: more is shown as "many". */
const MOST_UNREAD = 1000

/** Who has the thread in their inbox; for a transaction that holds the thread. */
export async function findInboxes(trx: Db, rootId: string): Promise<{ userId: UserId; isMuted: boolean }[]> {
  const rows = await trx
    .selectFrom('thread_inboxes')
    .select(['user_id', 'is_muted'])
    .where('root_id', '=', rootId)
    .execute()
  return rows.map((row) => ({ userId: row.user_id, isMuted: row.is_muted }))
}

/** Puts a message on top of the inboxes of these people, unread for all but its author. */
export async function reachInboxes(
  trx: Transaction<Tables>,
  userIds: readonly UserId[],
  message: { thread: Thread; topic: TopicRow; id: MessageId; authorId: UserId; at: Date },
): Promise<void> {
  const { thread, topic, id, authorId, at } = message
  await sql`INSERT INTO thread_inboxes (user_id, root_id, topic_id, last_message_id, active_at, unread)
    SELECT id, ${thread.root_id}, ${topic.id}, ${id}, ${at}::timestamptz, CASE WHEN id = ${authorId} THEN 0 ELSE 1 END
    FROM users WHERE id IN (${sql.join(userIds)})
    ON CONFLICT (user_id, root_id) DO UPDATE SET last_message_id = excluded.last_message_id,
      active_at = excluded.active_at, unread = least(thread_inboxes.unread + excluded.unread, ${MOST_UNREAD})`.execute(
    trx,
  )
}

/** After `gone` was joined to `kept`. O(people of the smaller thread). */
export async function joinInboxes(trx: Transaction<Tables>, kept: string, gone: string): Promise<void> {
  await sql`INSERT INTO thread_inboxes (user_id, root_id, topic_id, last_message_id, active_at, unread, is_muted)
    SELECT user_id, ${kept}, topic_id, last_message_id, active_at, unread, is_muted
    FROM thread_inboxes WHERE root_id = ${gone}
    ON CONFLICT (user_id, root_id) DO UPDATE SET
      unread = least(thread_inboxes.unread + excluded.unread, ${MOST_UNREAD}),
      is_muted = thread_inboxes.is_muted AND excluded.is_muted,
      last_message_id = CASE WHEN excluded.active_at > thread_inboxes.active_at
        THEN excluded.last_message_id ELSE thread_inboxes.last_message_id END,
      active_at = greatest(thread_inboxes.active_at, excluded.active_at)`.execute(trx)
  await trx.deleteFrom('thread_inboxes').where('root_id', '=', gone).execute()
}

/** What others wrote after `throughId` stays unread. */
export async function markRead(db: Db, user: SignedIn, throughId: MessageId): Promise<void> {
  const rootId = await findRoot(db, throughId)
  if (rootId === null) return
  const [, ...after] = await walkThread(db, throughId, { direction: 'forward', limit: MOST_UNREAD + 1 })
  const others = (await findMessages(db, after as MessageId[])).filter((row) => row.author_id !== user.id)
  await db
    .updateTable('thread_inboxes')
    .set({ unread: sql`least(unread, ${others.length}::integer)` })
    .where('user_id', '=', user.id)
    .where('root_id', '=', rootId)
    .execute()
}

export async function setMuted(db: Db, user: SignedIn, messageId: MessageId, isMuted: boolean): Promise<void> {
  const rootId = await findRoot(db, messageId)
  if (rootId === null) return
  await db
    .updateTable('thread_inboxes')
    .set({ is_muted: isMuted })
    .where('user_id', '=', user.id)
    .where('root_id', '=', rootId)
    .execute()
}
