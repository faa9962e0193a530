import { type Selectable, sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ThreadsTable } from '../../db/tables/messages.ts'
import type { Tables } from '../../db/tables.ts'

/**
 * Threads as disjoint sets (Tarjan 1975: union by size, path compression) whose members stand in a linked list, kept in
 * SQL. `docs/messages.md` explains it. A thread changes only under the lock of its row in `threads`; locks are taken in the
 * order of their keys, all at once. Whoever finds that a thread was joined to another meanwhile begins anew.
 */
export type Thread = Selectable<ThreadsTable>

const MOST_TRIES = 100
const DEADLOCK = '40P01'

/** A thread to be locked is part of another one by now. */
class ThreadMovedError extends Error {}

/** Runs `work` in a transaction, again where threads were joined under its feet; it must have no effect outside of it. */
export async function inThreadTransaction<Result>(
  db: Db,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const mayTryAgain = error instanceof ThreadMovedError || (error as { code?: string }).code === DEADLOCK
      if (!mayTryAgain || tried === MOST_TRIES) throw error
    }
  }
}

/** The representative of the node's set; null when there is no such node. O(α(n)) steps in one statement. */
export async function findRoot(db: Db, id: string): Promise<string | null> {
  const [path] = await climb(db, [id])
  return path?.at(-1) ?? null
}

/** The node's thread. */
export async function findThread(db: Db, id: string): Promise<Thread | null> {
  const rootId = await findRoot(db, id)
  if (rootId === null) return null
  const thread = await db.selectFrom('threads').selectAll().where('root_id', '=', rootId).executeTakeFirst()
  // Joined to another between the two statements.
  return thread ?? findThread(db, id)
}

/** A thread of one node. */
export async function startThread(trx: Transaction<Tables>, id: string, at: Date): Promise<Thread> {
  await trx.insertInto('thread_nodes').values({ id, parent_id: id, previous_id: null, next_id: null }).execute()
  const thread: Thread = { root_id: id, size: 1, head_id: id, tail_id: id, active_at: at }
  await trx.insertInto('threads').values(thread).execute()
  return thread
}

/** Holds the threads of these nodes until the transaction ends; one thread for each node, nodes of one thread share it. */
export async function lockThreads(trx: Transaction<Tables>, ids: readonly string[]): Promise<Thread[]> {
  const paths = await climb(trx, ids)
  const roots = paths.map((path) => path.at(-1))
  const wanted = [...new Set(roots)].filter((root) => root !== undefined).sort()
  const locked = await trx
    .selectFrom('threads')
    .selectAll()
    .where('root_id', 'in', wanted)
    .orderBy('root_id')
    .forUpdate()
    .execute()
  if (locked.length < wanted.length || roots.includes(undefined)) throw new ThreadMovedError('a thread moved')
  for (const path of paths) await compress(trx, path)
  const byRoot = new Map(locked.map((thread) => [thread.root_id, thread]))
  return roots.map((root) => byRoot.get(root as string) as Thread)
}

/** Puts a new node at the end of a locked thread. O(1): one statement, three rows. */
export async function appendNode(trx: Transaction<Tables>, thread: Thread, id: string, at: Date): Promise<Thread> {
  await sql`WITH placed AS (
      INSERT INTO thread_nodes (id, parent_id, previous_id) VALUES (${id}, ${thread.root_id}, ${thread.tail_id})
    ), linked AS (UPDATE thread_nodes SET next_id = ${id} WHERE id = ${thread.tail_id})
    UPDATE threads SET tail_id = ${id}, size = size + 1, active_at = ${at} WHERE root_id = ${thread.root_id}`.execute(
    trx,
  )
  return { ...thread, tail_id: id, size: thread.size + 1, active_at: at }
}

/**
 * Makes one thread of two that are locked: the nodes of `first`, then those of `second`, each in their order. The larger
 * set's representative stays; `gone` is the other's, null when both were one already. O(1): one statement, five rows.
 */
export async function joinThreads(
  trx: Transaction<Tables>,
  first: Thread,
  second: Thread,
): Promise<{ thread: Thread; gone: string | null }> {
  if (first.root_id === second.root_id) return { thread: first, gone: null }
  const [kept, gone] = first.size >= second.size ? [first.root_id, second.root_id] : [second.root_id, first.root_id]
  const { tail_id: tail } = first
  const { head_id: head } = second
  const thread: Thread = {
    root_id: kept,
    size: first.size + second.size,
    head_id: first.head_id,
    tail_id: second.tail_id,
    active_at: first.active_at > second.active_at ? first.active_at : second.active_at,
  }
  // All nodes in one update: two of them may be the same row.
  await sql`WITH tied AS (UPDATE thread_nodes SET
        next_id = CASE WHEN id = ${tail} THEN ${head} ELSE next_id END,
        previous_id = CASE WHEN id = ${head} THEN ${tail} ELSE previous_id END,
        parent_id = CASE WHEN id = ${gone} THEN ${kept} ELSE parent_id END
      WHERE id IN (${tail}, ${head}, ${gone})),
    ended AS (DELETE FROM threads WHERE root_id = ${gone})
    UPDATE threads SET size = ${thread.size}, head_id = ${thread.head_id}, tail_id = ${thread.tail_id},
      active_at = ${thread.active_at} WHERE root_id = ${kept}`.execute(trx)
  return { thread, gone }
}

/** Up to `limit` nodes from `fromId` on, itself first, in the direction of the walk. O(limit), one statement. */
export async function walkThread(
  db: Db,
  fromId: string,
  { direction, limit }: { direction: 'forward' | 'back'; limit: number },
): Promise<string[]> {
  const step = sql.ref(direction === 'forward' ? 'next_id' : 'previous_id')
  const { rows } = await sql<{ id: string }>`WITH RECURSIVE walk AS (
      SELECT id, ${step} AS step, 1 AS place FROM thread_nodes WHERE id = ${fromId}
      UNION ALL
      SELECT node.id, node.${step}, walk.place + 1 FROM walk JOIN thread_nodes AS node ON node.id = walk.step
      WHERE walk.place < ${limit}
    ) SELECT id FROM walk ORDER BY place`.execute(db)
  return rows.map(({ id }) => id)
}

/** Of each node the path up to its representative, itself first; empty where there is no such node. One statement. */
async function climb(db: Db, ids: readonly string[]): Promise<string[][]> {
  const { rows } = await sql<{ start: string; id: string }>`WITH RECURSIVE up AS (
      SELECT id AS start, id, parent_id, 0 AS height FROM thread_nodes WHERE id IN (${sql.join(ids)})
      UNION ALL
      SELECT up.start, node.id, node.parent_id, up.height + 1 FROM up JOIN thread_nodes AS node ON node.id = up.parent_id
      WHERE up.parent_id <> up.id
    ) SELECT start, id FROM up ORDER BY height`.execute(db)
  return ids.map((start) => rows.filter((row) => row.start === start).map(({ id }) => id))
}

/**
 * Lets all nodes of a path point at its end. Only under the lock of their thread: nobody else changes its nodes, so
 * nobody waits for us.
 */
async function compress(trx: Transaction<Tables>, path: readonly string[]): Promise<void> {
  const root = path.at(-1)
  if (root === undefined || path.length < 3) return
  await trx.updateTable('thread_nodes').set({ parent_id: root }).where('id', 'in', path.slice(0, -2)).execute()
}
