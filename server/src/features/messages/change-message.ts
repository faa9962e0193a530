import { AppError, type Message, type MessageEdit, type MessageId, type UserId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { insertNotifications } from '../notifications/notify.ts'
import { findMentioned, insertMentions } from './mentions.ts'
import { findMessages, type MessageRow, noMessage, requireMessage } from './message-rows.ts'
import { presentMessages } from './present-messages.ts'
import { publishChange } from './publish-message.ts'
import type { TopicRow } from './subjects.ts'

type Parts = Pick<Context, 'db' | 'events'>

const MOST_EDITS = 200

/** The words before stay to be read. */
export function editMessage(parts: Parts, user: SignedIn, id: MessageId, text: string): Promise<Message> {
  return changeOwn(parts, user, id, async (trx, { message, topic }) => {
    if (message.deleted_at) throw new AppError('CONFLICT', 'This message was deleted.')
    if (message.text === text) return []
    const { count } = await trx
      .selectFrom('message_edits')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('message_id', '=', id)
      .executeTakeFirstOrThrow()
    if (count >= MOST_EDITS) throw new AppError('CONFLICT', `A message is edited at most ${MOST_EDITS} times.`)
    await trx.insertInto('message_edits').values({ message_id: id, place: count, text: message.text }).execute()
    await trx.updateTable('messages').set({ text, edited_at: new Date() }).where('id', '=', id).execute()
    return renewMentions(trx, user, message, topic, text)
  })
}

/** Its words go, earlier ones too; the message stays in its place without them. */
export function deleteMessage(parts: Parts, user: SignedIn, id: MessageId): Promise<Message> {
  return changeOwn(parts, user, id, async (trx, { message }) => {
    if (message.deleted_at) return []
    await trx.updateTable('messages').set({ text: '', deleted_at: new Date() }).where('id', '=', id).execute()
    for (const table of ['message_edits', 'message_images', 'message_mentions'] as const) {
      await trx.deleteFrom(table).where('message_id', '=', id).execute()
    }
    const told = await trx.deleteFrom('notifications').where('message_id', '=', id).returning('user_id').execute()
    return told.map((row) => row.user_id)
  })
}

export async function listEdits(db: Db, user: SignedIn, id: MessageId): Promise<MessageEdit[]> {
  await requireMessage(db, user, id, 'read')
  const rows = await db
    .selectFrom('message_edits')
    .select(['text', 'replaced_at'])
    .where('message_id', '=', id)
    .orderBy('place', 'desc')
    .execute()
  return rows.map((row) => ({ text: row.text, replacedAt: row.replaced_at.toISOString() }))
}

async function renewMentions(
  trx: Transaction<Tables>,
  user: SignedIn,
  message: MessageRow,
  topic: TopicRow,
  text: string,
): Promise<UserId[]> {
  const before = await trx
    .deleteFrom('message_mentions')
    .where('message_id', '=', message.id)
    .returning('user_id')
    .execute()
  const mentioned = await findMentioned(trx, topic, text)
  await insertMentions(trx, message.id, mentioned)
  const added = mentioned.filter((id) => id !== user.id && !before.some((row) => row.user_id === id))
  const about = { by_id: user.id, message_id: message.id, image_id: topic.image_id }
  await insertNotifications(trx, added, { kind: 'mention', ...about })
  return added
}

/** `change` runs while the message is held, and answers who is to look at their notifications. */
async function changeOwn(
  parts: Parts,
  user: SignedIn,
  id: MessageId,
  change: (trx: Transaction<Tables>, found: { message: MessageRow; topic: TopicRow }) => Promise<UserId[]>,
): Promise<Message> {
  const { topic, told } = await parts.db.transaction().execute(async (trx) => {
    await sql`SELECT id FROM messages WHERE id = ${id} FOR NO KEY UPDATE`.execute(trx)
    const found = await requireMessage(trx, user, id, 'read')
    if (found.message.author_id !== user.id) {
      throw new AppError('FORBIDDEN', 'Only its author changes or deletes a message.')
    }
    return { topic: found.topic, told: await change(trx, found) }
  })
  await publishChange(parts, { id, topic, told })
  const [message] = await presentMessages(parts.db, user, await findMessages(parts.db, [id]))
  if (!message) throw noMessage()
  return message
}
