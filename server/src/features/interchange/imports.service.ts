import {
  type AnnotationImport,
  type AnnotationImportId,
  AppError,
  type FormatName,
  type ImportChoices,
  type MarkOrigin,
  type ProjectId,
} from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { AnnotationImportRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { requireProject } from '../projects/access.ts'
import { keepFiles, receiveFiles, removeFiles } from './import-files.ts'
import {
  changeImport,
  findImport,
  findImports,
  findOldImports,
  insertImport,
  NOTHING_DONE,
  removeImport,
} from './imports.queries.ts'
import { judgeImport } from './judge-import.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'jobs'>

/** Takes the files in and begins to read them; nothing of the project changes. */
export async function startImport(
  parts: Parts,
  user: SignedIn,
  asked: { projectId: ProjectId; format?: FormatName | undefined; content: MarkOrigin; request: FastifyRequest },
): Promise<AnnotationImport> {
  await requireProject(parts.db, user, asked.projectId, 'manage')
  const files = await receiveFiles(parts, asked.request)
  await dropOldImports(parts)
  const id = newId<AnnotationImportId>()
  const names = files.map(({ name }) => name)
  const choices: ImportChoices = { classes: {}, addClasses: false, replace: false, content: asked.content }
  try {
    await keepFiles(parts, id, files)
    const row = await parts.db.transaction().execute(async (trx) => {
      const { projectId: project_id, format = null } = asked
      const inserted = await insertImport(trx, { id, project_id, user_id: user.id, format, files: names, choices })
      await parts.jobs.enqueue(trx, 'read-annotations', { importId: id }, { key: id })
      return inserted
    })
    return presentImport(row)
  } catch (error) {
    await removeFiles(parts, { id, files: names })
    throw error
  }
}

export async function listImports(db: Context['db'], user: SignedIn, projectId: ProjectId) {
  await requireProject(db, user, projectId, 'manage')
  return (await findImports(db, projectId)).map(presentImport)
}

/** Throws NOT_FOUND where it is not there or its project is not the caller's. */
export async function requireImport(db: Context['db'], user: SignedIn, id: AnnotationImportId) {
  const row = await findImport(db, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such import, or its days have passed.')
  return { row, project: await requireProject(db, user, row.project_id, 'manage') }
}

/** What the import would do under other choices. */
export async function previewImport(parts: Parts, user: SignedIn, id: AnnotationImportId, choices: ImportChoices) {
  const { row, project } = await requireImport(parts.db, user, id)
  requireReady(row)
  const { report } = await judgeImport(parts, { row, project, choices })
  return presentImport((await changeImport(parts.db, id, 'ready', { choices, report })) ?? row)
}

export async function applyImport(parts: Parts, user: SignedIn, id: AnnotationImportId, choices: ImportChoices) {
  const { row } = await requireImport(parts.db, user, id)
  requireReady(row)
  const changed = await parts.db.transaction().execute(async (trx) => {
    const started = await changeImport(trx, id, 'ready', { state: 'writing', choices, progress: NOTHING_DONE })
    if (started) await parts.jobs.enqueue(trx, 'write-annotations', { importId: id }, { key: id })
    return started
  })
  if (!changed) throw new AppError('CONFLICT', 'The import was started already.')
  return presentImport(changed)
}

export async function forgetImport(parts: Parts, user: SignedIn, id: AnnotationImportId): Promise<void> {
  const { row } = await requireImport(parts.db, user, id)
  if (row.state === 'writing') throw new AppError('CONFLICT', 'The import is being written. Wait for its end.')
  await removeImport(parts.db, id)
  await removeFiles(parts, row)
}

function requireReady({ state }: AnnotationImportRow): void {
  if (state === 'ready') return
  const reason = state === 'reading' ? 'Its files are still being read.' : 'It was started already, or failed.'
  throw new AppError('CONFLICT', `The import cannot be looked at or started now. ${reason}`)
}

async function dropOldImports(parts: Parts): Promise<void> {
  for (const row of await findOldImports(parts.db)) {
    await removeImport(parts.db, row.id)
    await removeFiles(parts, row)
  }
}

export function presentImport(row: AnnotationImportRow): AnnotationImport {
  return {
    id: row.id,
    projectId: row.project_id,
    format: row.format,
    fileNames: row.files,
    state: row.state,
    choices: row.choices,
    progress: row.progress,
    report: row.report,
    problem: row.problem,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
