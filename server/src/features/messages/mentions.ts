import type { MessageId, UserId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { Tables } from '../../db/tables.ts'
import { subjectOf, type TopicRow } from './subjects.ts'

const MOST_MENTIONS = 50
/** `@` and a user name; not within a word, as in a mail address; Chinese has no blanks before it. */
const MENTION = /(?<![\w@.-])@([\p{L}\p{N}][\p{L}\p{N}._-]{1,39})/gu

/** People named in a text who may read it. Punctuation after a name, and Chinese words, do not belong to it. */
export async function findMentioned(db: Db, topic: TopicRow, text: string): Promise<UserId[]> {
  const names = new Set<string>()
  for (const [, word = ''] of text.matchAll(MENTION)) for (const name of beginnings(word)) names.add(name)
  if (names.size === 0) return []
  const people = await db
    .selectFrom('users')
    .select(['id', 'username'])
    .where('username', 'in', [...names])
    .limit(MOST_MENTIONS)
    .execute()
  return subjectOf(topic).readers(
    db,
    topic,
    people.map(({ id }) => id),
  )
}

/** A word and what it is without the characters that may follow a name directly: `li.` → `li.`, `li`; `li你好` → also `li`. */
function beginnings(word: string): string[] {
  const lower = word.toLowerCase()
  const bare = lower.replace(/[._-]+$/u, '')
  const latin = /^[\x21-\x7e]+/u.exec(lower)?.[0].replace(/[._-]+$/u, '') ?? ''
  return [...new Set([lower, bare, latin])].filter((name) => name.length > 1)
}

export async function insertMentions(
  trx: Transaction<Tables>,
  messageId: MessageId,
  userIds: readonly UserId[],
): Promise<void> {
  if (userIds.length === 0) return
  await sql`INSERT INTO message_mentions (message_id, user_id)
    SELECT ${messageId}, id FROM users WHERE id IN (${sql.join(userIds)}) ON CONFLICT DO NOTHING`.execute(trx)
}
