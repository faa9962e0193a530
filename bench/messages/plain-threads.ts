import type { Db } from '@vesalius/server/database'
import { sql } from 'kysely'

/** What one writes without the structure: each message points at the one it answers, and threads are recursive queries. */

export async function findPlainRoot(db: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`WITH RECURSIVE up AS (
      SELECT id, parent_id FROM plain_messages WHERE id = ${id}
      UNION ALL
      SELECT message.id, message.parent_id FROM up JOIN plain_messages AS message ON message.id = up.parent_id
    ) SELECT id FROM up WHERE parent_id IS NULL`.execute(db)
  return rows[0]?.id ?? null
}

/** Which thread it is has to be known for unread counts, rights and events, so an answer looks for it too. */
export async function appendPlain(db: Db, parentId: string, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await findPlainRoot(trx, parentId)
    await sql`INSERT INTO plain_messages (id, parent_id) VALUES (${id}, ${parentId})`.execute(trx)
  })
}

/** The thread of `other` becomes answers to `id`. */
export async function joinPlain(db: Db, id: string, other: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const [root, otherRoot] = [await findPlainRoot(trx, id), await findPlainRoot(trx, other)]
    if (root === otherRoot) return
    await sql`UPDATE plain_messages SET parent_id = ${id} WHERE id = ${otherRoot}`.execute(trx)
  })
}

/** The page from a message on, in the order of ids. */
export async function pagePlain(db: Db, fromId: string, limit: number): Promise<string[]> {
  const root = await findPlainRoot(db, fromId)
  const { rows } = await sql<{ id: string }>`WITH RECURSIVE down AS (
      SELECT id FROM plain_messages WHERE id = ${root}
      UNION ALL
      SELECT message.id FROM down JOIN plain_messages AS message ON message.parent_id = down.id
    ) SELECT id FROM down WHERE id >= ${fromId} ORDER BY id LIMIT ${limit}`.execute(db)
  return rows.map((row) => row.id)
}
