import { AppError, type MessageId } from '@vesalius/contracts'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { MessagesTable } from '../../db/tables/messages.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { subjectOf, type TopicRow } from './subjects.ts'
import { findTopics } from './topics.ts'

export type MessageRow = Selectable<MessagesTable>

/** In the order of `ids`; what is gone with what it was about is missing. */
export async function findMessages(db: Db, ids: readonly MessageId[]): Promise<MessageRow[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('messages').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** A message that the person may read (or answer). Throws NOT_FOUND, or FORBIDDEN where they may read only. */
export async function requireMessage(
  db: Db,
  user: SignedIn,
  id: MessageId,
  right: 'read' | 'write',
): Promise<{ message: MessageRow; topic: TopicRow }> {
  const [message] = await findMessages(db, [id])
  const topic = message && (await findTopics(db, [message.topic_id])).get(message.topic_id)
  if (!message || !topic) throw noMessage()
  await subjectOf(topic).require(db, user, topic, right)
  return { message, topic }
}

export const noMessage = () => new AppError('NOT_FOUND', 'There is no such message, or you may not see it.')

/** A value for a text[] column, as text because the drivers disagree about arrays. */
export function idList<Id extends string>(ids: readonly Id[]): RawBuilder<Id[]> {
  return sql<Id[]>`${`{${ids.join(',')}}`}::text::text[]`
}
