import { AppError, type Message, MessageId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { escapePattern } from '../images/images.queries.ts'
import { presentMessages } from './present-messages.ts'

/** Hits that are looked at for one page: what the caller may not read is passed over. */
const MOST_LOOKED_AT = 1000

/** By the pairs of characters a text holds (and single ones beyond ASCII), so that two Chinese characters find a word. */
export async function searchMessages(
  db: Db,
  user: SignedIn,
  { text, cursor, limit }: { text: string; cursor?: string | undefined; limit: number },
): Promise<{ items: Message[]; nextCursor: string | null }> {
  let before = cursor === undefined ? null : readCursor(cursor)
  const items: Message[] = []
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += limit) {
    let query = db
      .selectFrom('messages')
      .selectAll()
      .where('deleted_at', 'is', null)
      .where(sql<boolean>`text_pairs(text) @> text_pairs(${text})`)
      .where('text', 'ilike', `%${escapePattern(text)}%`)
      .where(mayBeRead(user))
      .orderBy('id', 'desc')
      .limit(limit)
    if (before) query = query.where('id', '<', before)
    const rows = await query.execute()
    for (const message of await presentMessages(db, user, rows)) {
      items.push(message)
      if (items.length === limit) return { items, nextCursor: message.id }
    }
    before = rows.at(-1)?.id ?? before
    if (rows.length < limit) return { items, nextCursor: null }
  }
  return { items, nextCursor: before }
}

/** Leaves out early what is surely not theirs; each message is still looked at when it is shown. */
function mayBeRead(user: SignedIn) {
  return sql<boolean>`topic_id IN (
    SELECT topic_id FROM message_topic_people WHERE user_id = ${user.id}
    UNION ALL SELECT id FROM message_topics WHERE kind <> 'people')`
}

function readCursor(text: string): MessageId {
  const parsed = MessageId.safeParse(text)
  if (parsed.success) return parsed.data
  throw new AppError('BAD_REQUEST', 'The cursor does not belong to this list. Begin at the first page.')
}
