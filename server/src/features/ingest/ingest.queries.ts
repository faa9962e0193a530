import type { ImageId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'

/** Which of these pictures some image refers to; copies refer to the picture of another image. */
export async function findKnownUris(db: Db, uris: string[]): Promise<Set<string>> {
  if (uris.length === 0) return new Set()
  const rows = await db.selectFrom('images').select('uri').distinct().where('uri', 'in', uris).execute()
  return new Set(rows.map((row) => row.uri))
}

export async function findKnownIds(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('images')
    .select('id')
    .where('id', 'in', ids as ImageId[])
    .execute()
  return new Set(rows.map((row) => row.id))
}
