import type { Message, MessageId, MessageQuote, UserId } from '@vesalius/contracts'
import { AppError } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requireImage } from '../images/require-image.ts'
import { nameOf } from '../people/people.queries.ts'
import { findMessages, type MessageRow } from './message-rows.ts'
import { rememberReading } from './subjects.ts'
import { findTopics, presentTopics } from './topics.ts'

const QUOTED_CHARACTERS = 280

/** Messages as a person may see them: those about what they may not see are missing, as are such quotes and images. */
export async function presentMessages(db: Db, user: SignedIn, found: readonly MessageRow[]): Promise<Message[]> {
  const quoted = await findMessages(db, [...new Set(found.flatMap(({ quotes }) => quotes))])
  const topics = await findTopics(
    db,
    [...found, ...quoted].map((row) => row.topic_id),
  )
  const mayRead = rememberReading(db, user)
  const readable = new Set<string>()
  for (const topic of topics.values()) if (await mayRead(topic)) readable.add(topic.id)
  const rows = found.filter((row) => readable.has(row.topic_id))
  const shown = new Map(quoted.filter((row) => readable.has(row.topic_id)).map((row) => [row.id, row]))

  const presented = await presentTopics(db, [...topics.values()])
  const ids = rows.map(({ id }) => id)
  const mentions = await mentionsOf(db, ids)
  const images = await imagesOf(db, user, ids)
  const people = [...rows, ...shown.values()].flatMap((row) => row.author_id ?? [])
  const names = await nameOf(db, [...new Set([...people, ...mentions.map((row) => row.user_id)])])
  const person = (id: UserId | null) => {
    const username = id && names.get(id)
    return id && username ? { id, username } : null
  }
  const quote = (row: MessageRow): MessageQuote => ({
    id: row.id,
    author: person(row.author_id),
    text: row.text.slice(0, QUOTED_CHARACTERS),
    deletedAt: row.deleted_at?.toISOString() ?? null,
  })
  return rows.flatMap((row) => {
    const topic = presented.get(row.topic_id)
    if (!topic) return []
    return {
      id: row.id,
      topic,
      author: person(row.author_id),
      text: row.text,
      quotes: row.quotes.flatMap((id) => shown.get(id) ?? []).map(quote),
      images: images.get(row.id) ?? [],
      mentions: mentions.filter((each) => each.message_id === row.id).flatMap((each) => person(each.user_id) ?? []),
      createdAt: row.created_at.toISOString(),
      editedAt: row.edited_at?.toISOString() ?? null,
      deletedAt: row.deleted_at?.toISOString() ?? null,
    }
  })
}

async function mentionsOf(db: Db, ids: readonly MessageId[]) {
  if (ids.length === 0) return []
  return db.selectFrom('message_mentions').selectAll().where('message_id', 'in', ids).execute()
}

/** Attached images by message: references, whose rights are looked at anew for each reader. */
async function imagesOf(db: Db, user: SignedIn, ids: readonly MessageId[]) {
  const found = new Map<MessageId, Message['images']>()
  if (ids.length === 0) return found
  const rows = await db
    .selectFrom('message_images')
    .innerJoin('images', 'images.id', 'message_images.image_id')
    .select(['message_id', 'image_id', 'project_id', 'name'])
    .where('message_id', 'in', ids)
    .orderBy('place')
    .execute()
  const known = new Map<string, Promise<boolean>>()
  for (const row of rows) {
    const answer = known.get(row.image_id) ?? seesImage(db, user, row.image_id)
    known.set(row.image_id, answer)
    if (!(await answer)) continue
    const image = { id: row.image_id, projectId: row.project_id, name: row.name }
    found.set(row.message_id, [...(found.get(row.message_id) ?? []), image])
  }
  return found
}

async function seesImage(db: Db, user: SignedIn, imageId: Message['images'][number]['id']): Promise<boolean> {
  try {
    await requireImage(db, user, imageId, 'view')
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
