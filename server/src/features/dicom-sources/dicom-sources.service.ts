import {
  AppError,
  type DicomPush,
  type DicomPushId,
  type DicomSource,
  type DicomSourceId,
  type DicomSourceSettings,
  FORMAT_FAMILIES,
  type ProjectId,
  taskTypeOf,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { seal } from '../accounts/sealed.ts'
import { requireProject } from '../projects/access.ts'
import { type DicomPushRow, type DicomSourceRow, endPush, findPush, findSource } from './dicom-sources.queries.ts'

type Parts = Pick<Context, 'db' | 'sealKey'>
const MOST_SOURCES = 50

/** `projectId` null: of the installation. Throws VALIDATION_FAILED. */
export async function createSource(
  { db, sealKey }: Parts,
  user: SignedIn,
  projectId: ProjectId | null,
  { secret, ...settings }: DicomSourceSettings,
): Promise<DicomSource> {
  checkSettings(settings, secret !== undefined)
  const { count } = await db
    .selectFrom('dicom_sources')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('project_id', projectId === null ? 'is' : '=', projectId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_SOURCES) {
    throw new AppError('QUOTA_REACHED', `There are ${MOST_SOURCES} servers already. Remove one first.`)
  }
  const row = await db
    .insertInto('dicom_sources')
    .values({
      id: newId<DicomSourceId>(),
      project_id: projectId,
      created_by: user.id,
      ...settings,
      sealed_secret: secret === undefined || settings.auth === 'none' ? null : seal(sealKey, secret),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return presentSource(row)
}

/** A secret stays only with the address it was given for: nobody else may be sent it. */
export async function changeSource(
  { db, sealKey }: Parts,
  row: DicomSourceRow,
  { secret, ...settings }: DicomSourceSettings,
): Promise<DicomSource> {
  const isSame = settings.url === row.url && settings.auth === row.auth
  const kept = isSame ? row.sealed_secret : null
  checkSettings(settings, secret !== undefined || kept !== null)
  const changed = await db
    .updateTable('dicom_sources')
    .set({
      ...settings,
      sealed_secret: settings.auth === 'none' ? null : secret === undefined ? kept : seal(sealKey, secret),
      updated_at: sql`now()`,
    })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return presentSource(changed)
}

export async function deleteSource(db: Db, row: DicomSourceRow): Promise<void> {
  await db.deleteFrom('dicom_sources').where('id', '=', row.id).execute()
}

function checkSettings({ url, auth, username }: Omit<DicomSourceSettings, 'secret'>, hasSecret: boolean): void {
  const { username: inside, password } = new URL(url)
  if (inside || password) throw new AppError('VALIDATION_FAILED', 'Leave user name and password out of the address.')
  if (auth !== 'none' && !hasSecret) throw new AppError('VALIDATION_FAILED', 'Give the password or the token.')
  if (auth === 'basic' && username === '') throw new AppError('VALIDATION_FAILED', 'Give the user name.')
}

/** A server that may be used in a project. Throws NOT_FOUND. */
export async function requireSource(
  db: Db,
  project: Pick<ProjectRow, 'id'>,
  id: DicomSourceId,
): Promise<DicomSourceRow> {
  const row = await findSource(db, id)
  if (row && (row.project_id === null || row.project_id === project.id)) return row
  throw noSource()
}

/** A server of exactly this project, or with null of the installation. Throws NOT_FOUND. */
export async function requireOwnSource(
  db: Db,
  projectId: ProjectId | null,
  id: DicomSourceId,
): Promise<DicomSourceRow> {
  const row = await findSource(db, id)
  if (row && row.project_id === projectId) return row
  throw noSource()
}

export async function startPush(
  { db, jobs }: Pick<Context, 'db' | 'jobs'>,
  user: SignedIn,
  project: ProjectRow,
  source: DicomSourceRow,
  request: DicomPushRow['request'],
): Promise<DicomPush> {
  if (!FORMAT_FAMILIES[request.format].includes(taskTypeOf(project.task_type).family)) {
    throw new AppError('VALIDATION_FAILED', `"${request.format}" has no place for what images of this project say.`)
  }
  const id = newId<DicomPushId>()
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('dicom_pushes')
      .values({
        ...{ id, project_id: project.id, source_id: source.id, source_name: source.name, user_id: user.id },
        ...{ request: json(request), state: 'pending', progress: json({ done: 0, total: 0 }) },
        ...{ result: null, problem: null, finished_at: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await jobs.enqueue(trx, 'push-objects', { pushId: id }, { key: id })
    return presentPush(row)
  })
}

export async function cancelPush(db: Db, user: SignedIn, id: DicomPushId): Promise<DicomPush> {
  const row = await findPush(db, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such thing, or you may not see it.')
  await requireProject(db, user, row.project_id, 'manage')
  return presentPush((await endPush(db, id, { state: 'cancelled' })) ?? row)
}

export function presentSource(row: DicomSourceRow): DicomSource {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    url: row.url,
    auth: row.auth,
    username: row.username,
    hasSecret: row.sealed_secret !== null,
    updatedAt: row.updated_at.toISOString(),
  }
}

export function presentPush(row: DicomPushRow): DicomPush {
  return {
    id: row.id,
    projectId: row.project_id,
    sourceName: row.source_name,
    format: row.request.format,
    state: row.state,
    progress: row.progress,
    result: row.result,
    notes: row.notes,
    problem: row.problem,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

function noSource(): AppError {
  return new AppError('NOT_FOUND', 'There is no such DICOMweb server, or you may not use it.')
}
