import { AppError, MessageId, type ThreadPage } from '@vesalius/contracts'
import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findThread, walkThread } from '../threads/threads.ts'
import { findMessages, noMessage, requireMessage } from './message-rows.ts'
import { presentMessages } from './present-messages.ts'

/** The last message of the page before, and the way on from it. */
const ThreadCursor = z.strictObject({ from: MessageId, direction: z.enum(['forward', 'back']) })
type ThreadCursor = z.infer<typeof ThreadCursor>

/** Walks from the message in both directions, or on from a cursor; O(limit), however long the thread is. */
export async function readThread(
  db: Db,
  user: SignedIn,
  messageId: MessageId,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ThreadPage> {
  await requireMessage(db, user, messageId, 'read')
  const thread = await findThread(db, messageId)
  if (!thread) throw noMessage()
  const from = cursor === undefined ? null : readCursor(cursor)
  if (from && (await findThread(db, from.from))?.root_id !== thread.root_id) throw foreignCursor()
  const part = from ? await walkOn(db, from, limit) : await walkAround(db, messageId, limit)
  const items = await presentMessages(db, user, await findMessages(db, part.ids as MessageId[]))
  const inbox = await db
    .selectFrom('thread_inboxes')
    .select(['unread', 'is_muted'])
    .where('user_id', '=', user.id)
    .where('root_id', '=', thread.root_id)
    .executeTakeFirst()
  return {
    size: thread.size,
    isMuted: inbox?.is_muted ?? false,
    unread: inbox?.unread ?? 0,
    items,
    previousCursor: part.hasBefore ? writeCursor(part.ids[0], 'back') : null,
    nextCursor: part.hasAfter ? writeCursor(part.ids.at(-1), 'forward') : null,
  }
}

interface Part {
  ids: string[]
  hasBefore: boolean
  hasAfter: boolean
}

async function walkAround(db: Db, id: string, limit: number): Promise<Part> {
  const ahead = Math.floor((limit - 1) / 2)
  // One more than is shown, which tells whether there is more; the message itself begins both.
  const after = await walkThread(db, id, { direction: 'forward', limit: ahead + 2 })
  const shownAfter = after.slice(1, ahead + 1)
  const behind = limit - 1 - shownAfter.length
  const before = await walkThread(db, id, { direction: 'back', limit: behind + 2 })
  const shownBefore = before.slice(1, behind + 1).reverse()
  return {
    ids: [...shownBefore, id, ...shownAfter],
    hasBefore: before.length > shownBefore.length + 1,
    hasAfter: after.length > shownAfter.length + 1,
  }
}

async function walkOn(db: Db, { from, direction }: ThreadCursor, limit: number): Promise<Part> {
  const [, ...walked] = await walkThread(db, from, { direction, limit: limit + 2 })
  const ids = walked.slice(0, limit)
  const hasMore = walked.length > limit
  return direction === 'forward'
    ? { ids, hasBefore: true, hasAfter: hasMore }
    : { ids: ids.reverse(), hasBefore: hasMore, hasAfter: true }
}

function writeCursor(from: string | undefined, direction: ThreadCursor['direction']): string | null {
  return from === undefined ? null : Buffer.from(JSON.stringify({ from, direction })).toString('base64url')
}

function readCursor(text: string): ThreadCursor {
  try {
    return ThreadCursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw foreignCursor()
  }
}

const foreignCursor = () =>
  new AppError('BAD_REQUEST', 'The cursor does not belong to this thread. Begin at a message of it.')
