import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { newId } from '../../ids.ts'
import { history, makeHistoryWorld, runHistory } from '../../testing/message-histories.ts'
import { openTestDatabase } from '../../testing/test-database.ts'
import {
  appendNode,
  findThread,
  inThreadTransaction,
  joinThreads,
  lockThreads,
  startThread,
  walkThread,
} from './threads.ts'

let database: Database
beforeAll(async () => {
  database = await openTestDatabase()
  await migrate(database.db)
})
afterAll(() => database.close())

const step = fc.tuple(fc.constantFrom('start', 'append', 'append', 'join'), fc.nat(999), fc.nat(999))

it('threads are the lists that the steps say, whatever the steps: sets, sizes, order, and low trees', async () => {
  const { db } = database
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const lists: string[][] = []
      const at = new Date()
      const listOf = (pick: number) => lists[pick % Math.max(1, lists.length)]
      for (const [kind, a, b] of steps) {
        const [first, second] = [listOf(a), listOf(b)]
        const id = newId()
        await inThreadTransaction(db, async (trx) => {
          if (kind === 'start' || !first || !second) {
            await startThread(trx, id, at)
            lists.push([id])
            return
          }
          const any = [first, second].map((list) => list[(a + b) % list.length] as string)
          const [one, other] = await lockThreads(trx, any)
          if (!one || !other) throw new Error('no thread')
          if (kind === 'append') {
            await appendNode(trx, one, id, at)
            first.push(id)
            return
          }
          const { gone } = await joinThreads(trx, one, other)
          expect(gone === null).toBe(first === second)
          if (first === second) return
          first.push(...second)
          lists.splice(lists.indexOf(second), 1)
        })
      }
      for (const list of lists) {
        const threads = await Promise.all(list.map((id) => findThread(db, id)))
        expect(new Set(threads.map((thread) => thread?.root_id)).size).toBe(1)
        const thread = threads[0]
        if (!thread) throw new Error('a thread is lost')
        expect([thread.size, thread.head_id, thread.tail_id]).toEqual([list.length, list[0], list.at(-1)])
        const limit = list.length + 1
        expect(await walkThread(db, thread.head_id, { direction: 'forward', limit })).toEqual(list)
        expect(await walkThread(db, thread.tail_id, { direction: 'back', limit })).toEqual(list.toReversed())
        expect(await heightOf(list)).toBeLessThanOrEqual(Math.floor(Math.log2(list.length)))
      }
    }),
    { numRuns: 60 },
  )
})

it('a walk takes a page from any node, and a lock of what is nowhere finds nothing to hold', async () => {
  const ids = Array.from({ length: 7 }, () => newId())
  const { db } = database
  await inThreadTransaction(db, async (trx) => {
    let thread = await startThread(trx, ids[0] as string, new Date())
    for (const id of ids.slice(1)) thread = await appendNode(trx, thread, id, new Date())
  })
  expect(await walkThread(db, ids[2] as string, { direction: 'forward', limit: 3 })).toEqual(ids.slice(2, 5))
  expect(await walkThread(db, ids[2] as string, { direction: 'back', limit: 9 })).toEqual(ids.slice(0, 3).reverse())
  expect(await findThread(db, newId())).toBeNull()
})

it('whatever people do at once, there is one order, and nothing is lost or doubled', async () => {
  const world = await makeHistoryWorld(database.db)
  await fc.assert(
    fc.asyncProperty(history, async (acts) => {
      expect(await runHistory(world, acts)).toEqual([])
    }),
    { numRuns: 15 },
  )
})

/** Steps from the lowest node to the representative. */
async function heightOf(list: readonly string[]): Promise<number> {
  const rows = await database.db
    .selectFrom('thread_nodes')
    .select(['id', 'parent_id'])
    .where('id', 'in', list)
    .execute()
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]))
  const height = (id: string): number => (parents.get(id) === id ? 0 : 1 + height(parents.get(id) as string))
  return Math.max(...list.map(height))
}
