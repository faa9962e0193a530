import type { Export, ExportId, ProjectId } from '@vesalius/contracts'
import { type SqlBool, sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ExportRow, Tables } from '../../db/tables.ts'

export const KEPT_DAYS = 7
const MOST_LISTED = 20

export async function insertExport(
  trx: Transaction<Tables>,
  row: Pick<ExportRow, 'id' | 'project_id' | 'user_id' | 'request' | 'uri'>,
): Promise<ExportRow> {
  return trx
    .insertInto('exports')
    .values({ ...row, request: json(row.request), state: 'pending', progress: json({ done: 0, total: 0 }) })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findExport(db: Db, id: ExportId): Promise<ExportRow | undefined> {
  return db.selectFrom('exports').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findExports(db: Db, projectId: ProjectId): Promise<ExportRow[]> {
  return db
    .selectFrom('exports')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .limit(MOST_LISTED)
    .execute()
}

/** False when the export was removed or stopped meanwhile: then the work has no purpose any more. */
export async function noteProgress(db: Db, id: ExportId, progress: Export['progress']): Promise<boolean> {
  const row = await db
    .updateTable('exports')
    .set({ state: 'running', progress: json(progress) })
    .where('id', '=', id)
    .where('state', 'in', ['pending', 'running'])
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function endExport(
  db: Db,
  id: ExportId,
  end: { state: Export['state']; result?: NonNullable<Export['result']>; problem?: NonNullable<Export['problem']> },
): Promise<void> {
  const { state, result, problem } = end
  await db
    .updateTable('exports')
    .set({
      state,
      finished_at: sql`clock_timestamp()`,
      ...(result ? { result: json(result) } : {}),
      ...(problem ? { problem: json(problem) } : {}),
    })
    .where('id', '=', id)
    .where('state', 'in', ['pending', 'running'])
    .execute()
}

/** Removes the row; answers where its file lies. */
export async function removeExport(db: Db, id: ExportId): Promise<void> {
  await db.deleteFrom('exports').where('id', '=', id).execute()
}

/** Exports older than they are kept. */
export async function findOldExports(db: Db): Promise<Pick<ExportRow, 'id' | 'uri'>[]> {
  return db
    .selectFrom('exports')
    .select(['id', 'uri'])
    .where(sql<SqlBool>`created_at < now() - ${KEPT_DAYS}::float8 * interval '1 day'`)
    .execute()
}
