import type { MessageId, OrganisationId, UserId } from '@vesalius/contracts'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { EventBus } from '../events.ts'
import { findActingUser } from '../features/accounts/acting-user.ts'
import { deleteMessage } from '../features/messages/change-message.ts'
import { postMessage } from '../features/messages/post-message.ts'
import { findThread, walkThread } from '../features/threads/threads.ts'
import type { SignedIn } from '../http/route-call.ts'
import { newId } from '../ids.ts'

/**
 * Random histories: several people of one organisation post, reply, merge and delete at the same time, each one act after
 * the other, on what has been acknowledged so far. Afterwards everything acknowledged must be there once, in one order.
 */
export interface HistoryWorld {
  db: Db
  organisationId: OrganisationId
  people: SignedIn[]
}

export interface Act {
  kind: 'post' | 'reply' | 'merge' | 'delete'
  /** Which of the known messages, as shares of their number. */
  picks: [number, number]
}

const PEOPLE = 4

/** [person] what they do, one act after the other. */
export const history: fc.Arbitrary<Act[][]> = fc.array(
  fc.array(
    fc.record({
      kind: fc.constantFrom('post', 'reply', 'reply', 'merge', 'merge', 'delete'),
      picks: fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999 })),
    }) as fc.Arbitrary<Act>,
    { minLength: 2, maxLength: 8 },
  ),
  { minLength: 2, maxLength: PEOPLE },
)

/** People and an organisation, in a database of this version. */
export async function makeHistoryWorld(db: Db): Promise<HistoryWorld> {
  const organisationId = newId<OrganisationId>()
  await sql`INSERT INTO organisations (id, name) VALUES (${organisationId}, 'histories')`.execute(db)
  const people: SignedIn[] = []
  for (let index = 0; index < PEOPLE; index += 1) {
    const id = newId<UserId>()
    await sql`INSERT INTO users (id, name, email, "emailVerified", role)
      VALUES (${id}, ${`person-${index}`}, ${`${id}@example.org`}, true, 'user')`.execute(db)
    await db
      .insertInto('organisation_members')
      .values({ organisation_id: organisationId, user_id: id, role: 'viewer' })
      .execute()
    const user = await findActingUser(db, id)
    if (user) people.push(user)
  }
  return { db, organisationId, people }
}

interface Acknowledged {
  id: MessageId
  author: UserId
  quotes: MessageId[]
  isDeleted: boolean
}

/** Runs a history and answers what is wrong afterwards; nothing when all is as it should be. */
export async function runHistory(
  { db, organisationId, people }: HistoryWorld,
  acts: readonly Act[][],
): Promise<string[]> {
  const parts = { db, events: new EventBus() }
  const to = { kind: 'organisation' as const, organisationId }
  const known: Acknowledged[] = []
  const post = async (user: SignedIn, quotes: MessageId[]) => {
    const about = quotes.length > 0 ? { quotes } : { to }
    const { id } = await postMessage(parts, user, { ...about, text: 'words', images: [] })
    known.push({ id, author: user.id, quotes, isDeleted: false })
  }
  const act = async (user: SignedIn, { kind, picks }: Act) => {
    const [first, second] = picks.map((pick) => known[pick % Math.max(1, known.length)]?.id)
    if (kind === 'post' || !first || !second) return post(user, [])
    if (kind === 'reply') return post(user, [first])
    if (kind === 'merge') return post(user, [...new Set([first, second])])
    const own = known.filter(({ author }) => author === user.id)
    const chosen = own[picks[0] % Math.max(1, own.length)]
    if (!chosen) return
    await deleteMessage(parts, user, chosen.id)
    chosen.isDeleted = true
  }
  await Promise.all(
    acts.map(async (list, index) => {
      const user = people[index]
      if (user) for (const each of list) await act(user, each)
    }),
  )
  return findFlaws(db, known, people)
}

async function findFlaws(db: Db, known: readonly Acknowledged[], people: readonly SignedIn[]): Promise<string[]> {
  const flaws: string[] = []
  const rootOf = new Map<string, string>()
  const placeOf = new Map<string, number>()
  for (const { id } of known) {
    const thread = await findThread(db, id)
    if (!thread) {
      flaws.push(`${id} is lost`)
      continue
    }
    rootOf.set(id, thread.root_id)
    if (placeOf.has(id)) continue
    const order = await walkThread(db, thread.head_id, { direction: 'forward', limit: thread.size + 5 })
    const back = await walkThread(db, thread.tail_id, { direction: 'back', limit: thread.size + 5 })
    if (order.length !== thread.size) flaws.push(`${order.length} in the order of a thread of ${thread.size}`)
    if (order.join() !== back.reverse().join()) flaws.push('the order is another one backwards')
    for (const [place, node] of order.entries()) {
      if (placeOf.has(node)) flaws.push(`${node} is doubled`)
      placeOf.set(node, place)
    }
    for (const person of people) flaws.push(...(await inboxFlaws(db, person.id, thread.root_id, order, known)))
  }
  for (const { id } of known) if (!placeOf.has(id)) flaws.push(`${id} stands in no order`)
  if (placeOf.size !== known.length) flaws.push(`${placeOf.size} nodes for ${known.length} acknowledged messages`)
  const expected = components(known)
  for (const a of known) {
    for (const quoted of a.quotes) {
      if ((placeOf.get(quoted) ?? 0) >= (placeOf.get(a.id) ?? 0)) flaws.push(`${a.id} stands before what it quotes`)
    }
    for (const b of known) {
      const isTogether = rootOf.get(a.id) === rootOf.get(b.id)
      if (isTogether !== (expected.get(a.id) === expected.get(b.id))) flaws.push(`${a.id} and ${b.id}: wrong thread`)
    }
  }
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'text', 'deleted_at'])
    .where(
      'id',
      'in',
      known.map(({ id }) => id),
    )
    .execute()
  for (const { id, isDeleted } of known) {
    const row = rows.find((each) => each.id === id)
    if (!row || isDeleted !== (row.deleted_at !== null) || isDeleted !== (row.text === ''))
      flaws.push(`${id}: its words`)
  }
  return flaws
}

/** Nobody read anything: all that others wrote in the thread is unread, and counted once. */
async function inboxFlaws(
  db: Db,
  userId: UserId,
  rootId: string,
  order: readonly string[],
  known: readonly Acknowledged[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('thread_inboxes')
    .select('unread')
    .where('user_id', '=', userId)
    .where('root_id', '=', rootId)
    .execute()
  const expected = known.filter(({ id, author }) => order.includes(id) && author !== userId).length
  return rows.length === 1 && rows[0]?.unread === expected ? [] : [`an inbox counts ${rows[0]?.unread} of ${expected}`]
}

/** [message] the smallest message of those it is tied to by quotes. */
function components(known: readonly Acknowledged[]): Map<string, string> {
  const of = new Map<string, string>(known.map(({ id }) => [id, id]))
  for (const { id, quotes } of known) {
    for (const quoted of quotes) {
      const [from, into] = [of.get(id), of.get(quoted)]
      for (const [each, name] of of) if (name === from && into) of.set(each, into)
    }
  }
  return of
}
