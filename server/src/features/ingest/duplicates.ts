import type { ImageId, ProjectId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ImageRow } from '../../db/tables.ts'

/** An image of the project that holds the same bytes. */
export type Twin = Pick<ImageRow, 'id' | 'uri'>

/** Images outside of the bin by the hash of their bytes: of equal ones the oldest. */
export async function findTwins(db: Db, projectId: ProjectId, hashes: readonly string[]): Promise<Map<string, Twin>> {
  if (hashes.length === 0) return new Map()
  const rows = await db
    .selectFrom('images')
    .select(['id', 'uri', 'content_hash'])
    .where('project_id', '=', projectId)
    .where('content_hash', 'in', hashes)
    .where('state', '<>', 'DELETED')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map(({ content_hash, ...twin }) => [content_hash, twin]))
}

/** Holds the rows of files that new images are about to share, so that a purge sees them used. Answers which are left. */
export async function lockTwins(trx: Db, ids: readonly ImageId[]): Promise<Set<ImageId>> {
  if (ids.length === 0) return new Set()
  const rows = await trx
    .selectFrom('images')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '<>', 'DELETED')
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Set(rows.map((row) => row.id))
}
