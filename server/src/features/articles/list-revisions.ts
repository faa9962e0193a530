import { AppError, type ArticleId, type ArticleRevision } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import { nameOf } from '../people/people.queries.ts'

export async function listRevisions(
  db: Db,
  articleId: ArticleId,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: ArticleRevision[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) {
    throw new AppError('BAD_REQUEST', 'The cursor is not one of this history.')
  }
  let query = db.selectFrom('article_revisions').selectAll().where('article_id', '=', articleId)
  if (cursor) query = query.where('revision', '<', Number(cursor))
  const rows = await query
    .orderBy('revision', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const names = await nameOf(db, [...new Set(page.map(({ author_id }) => author_id))])
  return {
    items: page.map((row) => ({
      revision: row.revision,
      kind: row.kind,
      restoredFrom: row.restored_from,
      title: row.title,
      author: { id: row.author_id, username: names.get(row.author_id) ?? '—' },
      changed: row.changed,
      bytes: row.byte_size,
      createdAt: row.created_at.toISOString(),
    })),
    nextCursor: rows.length > limit ? String(page.at(-1)?.revision) : null,
  }
}
