import type { DicomPushId, DicomSourceId, ProjectId } from '@vesalius/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { DicomPushesTable, DicomSourcesTable } from '../../db/tables/dicom.ts'

export type DicomSourceRow = Selectable<DicomSourcesTable>
export type DicomPushRow = Selectable<DicomPushesTable>

const MOST_PUSHES = 100
const OPEN = ['pending', 'running'] as const

/** Those of a project and of the installation. */
export async function findSources(db: Db, projectId: ProjectId): Promise<DicomSourceRow[]> {
  return db
    .selectFrom('dicom_sources')
    .selectAll()
    .where((where) => where.or([where('project_id', '=', projectId), where('project_id', 'is', null)]))
    .orderBy('name')
    .orderBy('id')
    .limit(200)
    .execute()
}

export async function findSource(db: Db, id: DicomSourceId): Promise<DicomSourceRow | undefined> {
  return db.selectFrom('dicom_sources').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findPush(db: Db, id: DicomPushId): Promise<DicomPushRow | undefined> {
  return db.selectFrom('dicom_pushes').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findPushes(db: Db, projectId: ProjectId): Promise<DicomPushRow[]> {
  return db
    .selectFrom('dicom_pushes')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(MOST_PUSHES)
    .execute()
}

export async function findOpenPushes(db: Db): Promise<DicomPushId[]> {
  const rows = await db.selectFrom('dicom_pushes').select('id').where('state', 'in', OPEN).execute()
  return rows.map(({ id }) => id)
}

/** False when it was stopped meanwhile. */
export async function notePushProgress(
  db: Db,
  id: DicomPushId,
  progress: { done: number; total: number },
): Promise<boolean> {
  const row = await db
    .updateTable('dicom_pushes')
    .set({ state: 'running', progress: json(progress) })
    .where('id', '=', id)
    .where('state', 'in', OPEN)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Undefined when it has ended already. */
export async function endPush(
  db: Db,
  id: DicomPushId,
  end: {
    state: 'succeeded' | 'failed' | 'cancelled'
    result?: NonNullable<DicomPushRow['result']>
    notes?: string[]
    problem?: NonNullable<DicomPushRow['problem']>
  },
): Promise<DicomPushRow | undefined> {
  const { state, result, notes, problem } = end
  return db
    .updateTable('dicom_pushes')
    .set({
      state,
      finished_at: sql`clock_timestamp()`,
      ...(result ? { result: json(result) } : {}),
      ...(notes ? { notes: json(notes) } : {}),
      ...(problem ? { problem: json(problem) } : {}),
    })
    .where('id', '=', id)
    .where('state', 'in', OPEN)
    .returningAll()
    .executeTakeFirst()
}
