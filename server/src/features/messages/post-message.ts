import type { ImageId, Message, MessageId, MessageTarget, UserId } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { requireImage } from '../images/require-image.ts'
import { insertNotifications } from '../notifications/notify.ts'
import {
  appendNode,
  inThreadTransaction,
  joinThreads,
  lockThreads,
  startThread,
  type Thread,
} from '../threads/threads.ts'
import { findInboxes, joinInboxes, reachInboxes } from './inbox.ts'
import { findMentioned, insertMentions } from './mentions.ts'
import { findMessages, idList, type MessageRow, noMessage, requireMessage } from './message-rows.ts'
import { presentMessages } from './present-messages.ts'
import { publishMessage } from './publish-message.ts'
import { subjectOf, type TopicRow } from './subjects.ts'
import { insertTopic } from './topics.ts'

export interface NewMessage {
  /** Begins a thread; otherwise it answers `quotes`, whose threads become one. */
  to?: MessageTarget | undefined
  quotes?: readonly MessageId[] | undefined
  text: string
  images: readonly ImageId[]
}

/** Throws NOT_FOUND or FORBIDDEN where the person may not write about the subject, or not see an image they attach. */
export async function postMessage(
  parts: Pick<Context, 'db' | 'events'>,
  user: SignedIn,
  { to, quotes = [], text, images }: NewMessage,
): Promise<Message> {
  const { db } = parts
  for (const imageId of images) await requireImage(db, user, imageId, 'view')
  const id = newId<MessageId>()
  const posted = await inThreadTransaction(db, async (trx) => {
    const at = new Date()
    const quoted = await requireQuoted(trx, user, quotes)
    const topic = to ? await insertTopic(trx, user, to, id) : quoted[0]?.topic
    if (!topic) throw noMessage()
    const before = quoted.length > 0 ? await joinQuoted(trx, quotes) : null
    const thread = before ? await appendNode(trx, before, id, at) : await startThread(trx, id, at)
    await trx
      .insertInto('messages')
      .values({ id, topic_id: topic.id, author_id: user.id, text, quotes: idList(quotes), created_at: at })
      .execute()
    await attachImages(trx, id, images)
    const mentioned = await findMentioned(trx, topic, text)
    await insertMentions(trx, id, mentioned)
    const reached = await reach(trx, { id, thread, topic, authorId: user.id, at, mentioned })
    const told = await tell(trx, { id, topic, authorId: user.id, mentioned, quoted, reached })
    return { topic, reached: reached.map(({ userId }) => userId), told }
  })
  await publishMessage(parts, { id, ...posted })
  const [message] = await presentMessages(db, user, await findMessages(db, [id]))
  if (!message) throw noMessage()
  return message
}

type Quoted = { message: MessageRow; topic: TopicRow }

async function requireQuoted(trx: Transaction<Tables>, user: SignedIn, ids: readonly MessageId[]): Promise<Quoted[]> {
  const found: Quoted[] = []
  for (const id of ids) found.push(await requireMessage(trx, user, id, 'write'))
  return found
}

/** One thread of those that the messages stand in, in the order in which they are quoted. */
async function joinQuoted(trx: Transaction<Tables>, ids: readonly MessageId[]): Promise<Thread> {
  const [first, ...others] = await lockThreads(trx, ids)
  if (!first) throw noMessage()
  let joined = first
  const seen = new Set([first.root_id])
  for (const other of others) {
    if (seen.has(other.root_id)) continue
    seen.add(other.root_id)
    const { thread, gone } = await joinThreads(trx, joined, other)
    if (gone) await joinInboxes(trx, thread.root_id, gone)
    joined = thread
  }
  return joined
}

async function attachImages(trx: Transaction<Tables>, id: MessageId, images: readonly ImageId[]): Promise<void> {
  if (images.length === 0) return
  const rows = [...new Set(images)].map((imageId, place) => ({ message_id: id, image_id: imageId, place }))
  await trx.insertInto('message_images').values(rows).execute()
}

interface Posted {
  id: MessageId
  thread: Thread
  topic: TopicRow
  authorId: UserId
  at: Date
  mentioned: readonly UserId[]
}
interface Reached {
  userId: UserId
  isMuted: boolean
}

/** Its author, who takes part in the thread or listens to its subject, and who is named: as far as they may read it. */
async function reach(trx: Transaction<Tables>, posted: Posted): Promise<Reached[]> {
  const { topic, thread, authorId, mentioned } = posted
  const subject = subjectOf(topic)
  const inboxes = await findInboxes(trx, thread.root_id)
  const present = await subject.readers(
    trx,
    topic,
    inboxes.map(({ userId }) => userId),
  )
  const userIds = [...new Set([authorId, ...present, ...(await subject.listeners(trx, topic)), ...mentioned])]
  await reachInboxes(trx, userIds, posted)
  const muted = new Set(inboxes.filter(({ isMuted }) => isMuted).map(({ userId }) => userId))
  return userIds.map((userId) => ({ userId, isMuted: muted.has(userId) }))
}

/** Notes in the notification centre; between people the inbox itself tells of replies. */
async function tell(
  trx: Transaction<Tables>,
  {
    id,
    topic,
    authorId,
    mentioned,
    quoted,
    reached,
  }: Omit<Posted, 'thread' | 'at'> & { quoted: Quoted[]; reached: Reached[] },
): Promise<UserId[]> {
  const others = (ids: readonly (UserId | null)[]) => [
    ...new Set(ids.filter((each): each is UserId => each !== null && each !== authorId)),
  ]
  const named = others(mentioned)
  const listening = new Set(reached.filter(({ isMuted }) => !isMuted).map(({ userId }) => userId))
  const answered =
    topic.kind === 'people'
      ? []
      : others(quoted.map(({ message }) => message.author_id)).filter(
          (userId) => listening.has(userId) && !named.includes(userId),
        )
  const about = { by_id: authorId, message_id: id, image_id: topic.image_id }
  await insertNotifications(trx, named, { kind: 'mention', ...about })
  await insertNotifications(trx, answered, { kind: 'reply', ...about })
  return [...named, ...answered]
}
