import type { AnnotationImport, AnnotationImportId, ProjectId } from '@vesalius/contracts'
import { type SqlBool, sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { AnnotationImportRow, Tables } from '../../db/tables.ts'

const KEPT_DAYS = 7
const MOST_LISTED = 20
export const NOTHING_DONE = { done: 0, total: 0 }

export async function insertImport(
  trx: Transaction<Tables>,
  row: Pick<AnnotationImportRow, 'id' | 'project_id' | 'user_id' | 'format' | 'files' | 'choices'>,
): Promise<AnnotationImportRow> {
  const { files, choices, ...rest } = row
  return trx
    .insertInto('annotation_imports')
    .values({
      ...rest,
      files: json(files),
      choices: json(choices),
      state: 'reading',
      progress: json(NOTHING_DONE),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findImport(db: Db, id: AnnotationImportId): Promise<AnnotationImportRow | undefined> {
  return db.selectFrom('annotation_imports').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findImports(db: Db, projectId: ProjectId): Promise<AnnotationImportRow[]> {
  return db
    .selectFrom('annotation_imports')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .limit(MOST_LISTED)
    .execute()
}

type Change = Partial<Pick<AnnotationImportRow, 'state' | 'format' | 'choices' | 'progress' | 'report' | 'problem'>>

/** Changes the import if it is still in `from`; undefined otherwise. */
export async function changeImport(
  db: Db,
  id: AnnotationImportId,
  from: AnnotationImport['state'],
  { state, format, choices, progress, report, problem }: Change,
): Promise<AnnotationImportRow | undefined> {
  const isEnd = state === 'done' || state === 'failed'
  return db
    .updateTable('annotation_imports')
    .set({
      ...(state ? { state } : {}),
      ...(format ? { format } : {}),
      ...(choices ? { choices: json(choices) } : {}),
      ...(progress ? { progress: json(progress) } : {}),
      ...(report ? { report: json(report) } : {}),
      ...(problem ? { problem: json(problem) } : {}),
      ...(isEnd ? { finished_at: sql`clock_timestamp()` } : {}),
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst()
}

export async function removeImport(db: Db, id: AnnotationImportId): Promise<void> {
  await db.deleteFrom('annotation_imports').where('id', '=', id).execute()
}

/** Imports older than they are kept. */
export async function findOldImports(db: Db): Promise<AnnotationImportRow[]> {
  return db
    .selectFrom('annotation_imports')
    .selectAll()
    .where(sql<SqlBool>`created_at < now() - ${KEPT_DAYS}::float8 * interval '1 day'`)
    .execute()
}
