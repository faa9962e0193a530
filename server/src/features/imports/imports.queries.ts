import type { Import, ImportId, ImportItem, ImportItemState, Problem, ProjectId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ImportRow } from '../../db/tables.ts'

const MOST_LISTED = 100
const OPEN = ['pending', 'running'] as const

export async function findImport(db: Db, id: ImportId): Promise<ImportRow | undefined> {
  return db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findImports(db: Db, projectId: ProjectId): Promise<ImportRow[]> {
  return db
    .selectFrom('imports')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(MOST_LISTED)
    .execute()
}

export async function findOpenImports(db: Db): Promise<ImportId[]> {
  const rows = await db.selectFrom('imports').select('id').where('state', 'in', OPEN).orderBy('id').execute()
  return rows.map((row) => row.id)
}

export async function findItems(
  db: Db,
  id: ImportId,
  page: { state?: ImportItemState | undefined; after: number; limit: number },
): Promise<ImportItem[]> {
  let query = db
    .selectFrom('import_items')
    .select(['position', 'path', 'state', 'image_id as imageId', 'error'])
    .where('import_id', '=', id)
    .where('position', '>', page.after)
    .orderBy('position')
    .limit(page.limit)
  if (page.state) query = query.where('state', '=', page.state)
  return query.execute()
}

/** Paths that are done, so that an import cut off goes on behind them. */
export async function findDonePaths(db: Db, id: ImportId): Promise<Set<string>> {
  const rows = await db.selectFrom('import_items').select('path').where('import_id', '=', id).execute()
  return new Set(rows.map((row) => row.path))
}

/** Undefined when it has ended. */
export async function startImport(db: Db, id: ImportId): Promise<ImportRow | undefined> {
  return db
    .updateTable('imports')
    .set({ state: 'running', started_at: sql`coalesce(started_at, now())` })
    .where('id', '=', id)
    .where('state', 'in', OPEN)
    .returningAll()
    .executeTakeFirst()
}

export async function setTotal(db: Db, id: ImportId, found: { total: number; ignored: number }): Promise<ImportRow> {
  return db.updateTable('imports').set(found).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

export async function finishImport(
  db: Db,
  id: ImportId,
  end: { state: 'succeeded' | 'failed' | 'cancelled'; error?: Problem },
): Promise<ImportRow | undefined> {
  return db
    .updateTable('imports')
    .set({ state: end.state, error: end.error ? json(end.error) : null, finished_at: sql`now()` })
    .where('id', '=', id)
    .where('state', 'in', OPEN)
    .returningAll()
    .executeTakeFirst()
}

export type NewItem = Omit<ImportItem, 'position'> & { byteSize: number }

/** Adds to the report and counts it. In the transaction that makes the images, so that neither comes without the other. */
export async function recordItems(trx: Db, id: ImportId, items: readonly NewItem[], from: number): Promise<ImportRow> {
  await trx
    .insertInto('import_items')
    .values(
      items.map(({ path, state, imageId, error }, at) => ({
        import_id: id,
        position: from + at,
        path,
        state,
        image_id: imageId,
        error: error && json(error),
      })),
    )
    .execute()
  const count = (state: ImportItemState) => items.filter((item) => item.state === state).length
  return trx
    .updateTable('imports')
    .set({
      stored: sql`stored + ${count('stored')}::integer`,
      refused: sql`refused + ${count('refused')}::integer`,
      label_count: sql`label_count + ${count('label')}::integer`,
      duplicate_count: sql`duplicate_count + ${count('duplicate')}::integer`,
      byte_size: sql`byte_size + ${items.reduce((sum, item) => sum + item.byteSize, 0)}::bigint`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function presentImport(row: ImportRow): Import {
  return {
    id: row.id,
    projectId: row.project_id,
    kind: row.kind,
    source: row.source,
    state: row.state,
    total: row.total,
    stored: row.stored,
    refused: row.refused,
    duplicates: row.duplicate_count,
    labels: row.label_count,
    ignored: row.ignored,
    byteSize: row.byte_size,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
