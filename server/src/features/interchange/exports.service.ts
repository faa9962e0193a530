import { AppError, type Export, type ExportId, FORMAT_FAMILIES, type ProjectId, taskTypeOf } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ExportRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { requireProject } from '../projects/access.ts'
import {
  endExport,
  findExport,
  findExports,
  findOldExports,
  insertExport,
  KEPT_DAYS,
  removeExport,
} from './exports.queries.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'jobs'>
const DAY_MS = 86_400_000

export async function startExport(
  parts: Parts,
  user: SignedIn,
  projectId: ProjectId,
  request: ExportRow['request'],
): Promise<Export> {
  const project = await requireProject(parts.db, user, projectId, 'view')
  refuseFormat(project, request)
  await dropOldExports(parts)
  const id = newId<ExportId>()
  const row = await parts.db.transaction().execute(async (trx) => {
    const uri = `exports/${id}.zip`
    const inserted = await insertExport(trx, { id, project_id: projectId, user_id: user.id, request, uri })
    await parts.jobs.enqueue(trx, 'export-annotations', { exportId: id }, { key: id })
    return inserted
  })
  return presentExport(row)
}

function refuseFormat({ task_type }: ProjectRow, { format }: ExportRow['request']): void {
  if (FORMAT_FAMILIES[format].includes(taskTypeOf(task_type).family)) return
  throw new AppError('VALIDATION_FAILED', `The format "${format}" has no place for what images of this project say.`)
}

export async function listExports(db: Context['db'], user: SignedIn, projectId: ProjectId): Promise<Export[]> {
  await requireProject(db, user, projectId, 'view')
  return (await findExports(db, projectId)).map(presentExport)
}

/** Throws NOT_FOUND where it is not there or its project is not the caller's. */
export async function requireExport(
  db: Context['db'],
  user: SignedIn,
  id: ExportId,
  right: 'view' | 'manage' = 'view',
) {
  const row = await findExport(db, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such export, or its days have passed.')
  return { row, project: await requireProject(db, user, row.project_id, right) }
}

export async function stopExport({ db, storage }: Parts, user: SignedIn, id: ExportId): Promise<void> {
  const { row } = await requireExport(db, user, id, 'manage')
  await endExport(db, id, { state: 'cancelled' })
  await storage.remove(row.uri)
  await removeExport(db, id)
}

async function dropOldExports({ db, storage }: Parts): Promise<void> {
  for (const { id, uri } of await findOldExports(db)) {
    await storage.remove(uri)
    await removeExport(db, id)
  }
}

export function presentExport(row: ExportRow): Export {
  return {
    id: row.id,
    projectId: row.project_id,
    ...row.request,
    state: row.state,
    progress: row.progress,
    result: row.result,
    problem: row.problem,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    expiresAt: new Date(row.created_at.getTime() + KEPT_DAYS * DAY_MS).toISOString(),
  }
}
