import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, type FormatName, taskTypeOf } from '@vesalius/contracts'
import { FORMATS, type KnownImage } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { AnnotationImportRow, ProjectRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { fileNamesOf } from './file-names.ts'
import { fileKey, readKeys } from './import-files.ts'
import { changeImport, findImport } from './imports.queries.ts'
import { judgeImport } from './judge-import.ts'
import { findNamedImages } from './list-images.ts'
import { asWorkProblem } from './problem.ts'
import { geometryOf } from './read-geometry.ts'
import { readFormat } from './run-format.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'log' | 'uidSecret'>

/** Reads the files once, keeps what they say, and tells what it would change. */
export function readAnnotationsHandler(parts: Parts): JobHandler<'read-annotations'> {
  return async ({ payload: { importId }, signal, isLastTry }) => {
    const row = await findImport(parts.db, importId)
    if (row?.state !== 'reading') return
    try {
      const project = await parts.db
        .selectFrom('projects')
        .selectAll()
        .where('id', '=', row.project_id)
        .executeTakeFirstOrThrow()
      const format = await readFiles(parts, { row, project, signal })
      const { report } = await judgeImport(parts, { row, project, choices: row.choices })
      await changeImport(parts.db, importId, 'reading', { state: 'ready', format, report })
    } catch (error) {
      if (!(error instanceof AppError) && (!isLastTry || signal.aborted)) throw error
      await changeImport(parts.db, importId, 'reading', { state: 'failed', problem: asWorkProblem(parts, error) })
    }
  }
}

interface Reading {
  row: AnnotationImportRow
  project: ProjectRow
  signal: AbortSignal
}

async function readFiles({ db, storage, uidSecret }: Parts, { row, project, signal }: Reading): Promise<FormatName> {
  const { id, format, files, choices } = row
  const { family } = taskTypeOf(project.task_type)
  const stored = []
  for (const [index, name] of files.entries()) stored.push({ name, path: await storage.localFile(fileKey(id, index)) })
  const known = await listKnown({ db, storage }, project, format === null || FORMATS[format].needsGeometry === true)
  const target = join(storage.scratchDirectory, `${randomUUID()}.lines`)
  try {
    const options = { known, classes: project.classes, family, content: choices.content, uidSecret }
    const summary = await readFormat({ format, files: stored, options, target }, { signal })
    const keys = readKeys(id)
    await storage.adopt(keys.images, target)
    await storage.write(keys.summary, JSON.stringify(summary))
    return summary.format
  } finally {
    await rm(target, { force: true })
  }
}

async function listKnown(
  { db, storage }: Pick<Parts, 'db' | 'storage'>,
  project: ProjectRow,
  needsGeometry: boolean,
): Promise<KnownImage[]> {
  const images = await findNamedImages(db, project.id)
  const names = fileNamesOf(images)
  const known: KnownImage[] = []
  for (const [index, image] of images.entries()) {
    const { name: original, width, height, frames } = image
    const geometry = needsGeometry ? await geometryOf({ storage }, image) : undefined
    const place = geometry ? { geometry } : {}
    known.push({ name: names[index] ?? original, original, width, height, frames, ...place })
  }
  return known
}
