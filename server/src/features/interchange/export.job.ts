import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, because, type ExportId, tellReason } from '@vesalius/contracts'
import { REASONS_ZH } from '@vesalius/contracts/reasons-zh'
import { FORMATS } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { ExportRow, ProjectRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { addImages } from './add-images.ts'
import { endExport, findExport, noteProgress } from './exports.queries.ts'
import { writeImageLines } from './image-lines.ts'
import { asWorkProblem } from './problem.ts'
import { writeFormat } from './run-format.ts'
import { slowly } from './slowly.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'log'>

/** Told apart from failures: the export was removed while it was made. */
class ExportStopped extends Error {}

export function exportHandler(parts: Parts): JobHandler<'export-annotations'> {
  return async ({ payload: { exportId }, signal, isLastTry }) => {
    const row = await findExport(parts.db, exportId)
    if (!row || (row.state !== 'pending' && row.state !== 'running')) return
    const project = await parts.db
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', row.project_id)
      .executeTakeFirstOrThrow()
    const scratch = join(parts.storage.scratchDirectory, randomUUID())
    const files = { images: `${scratch}.lines`, archive: `${scratch}.zip` }
    try {
      await makeExport(parts, { row, project, files, signal })
    } catch (error) {
      if (error instanceof ExportStopped) return
      if (error instanceof AppError || (isLastTry && !signal.aborted)) {
        await endExport(parts.db, exportId, { state: 'failed', problem: asWorkProblem(parts, error) })
        return
      }
      throw error
    } finally {
      for (const file of Object.values(files)) await rm(file, { force: true })
    }
  }
}

interface Making {
  row: ExportRow
  project: ProjectRow
  files: { images: string; archive: string }
  signal: AbortSignal
}

/** First the images into a file, a page at a time; from there the format in a thread; then the pictures, one at a time. */
async function makeExport(parts: Parts, { row, project, files, signal }: Making): Promise<void> {
  const { db, storage } = parts
  const { format, images: withImages } = row.request
  const { images, marks } = await writeImageLines(parts, {
    ...{ project, request: row.request, needsGeometry: FORMATS[format].needsGeometry === true },
    ...{ target: files.images, signal },
    onTotal: (count) => tellProgress(db, row.id, { done: 0, total: count }),
  })
  const stopping = new AbortController()
  // Images count twice where their files come along: once said, once copied.
  const isWithImages = withImages || FORMATS[format].isMadeOfImages === true
  const total = isWithImages ? 2 * images : images
  const tell = slowly((done: number) =>
    tellProgress(db, row.id, { done, total }).catch((error) => stopping.abort(error)),
  )
  const both = AbortSignal.any([signal, stopping.signal])
  const { classes, task_type: imageType } = project
  const { zip, problems } = await writeFormat(
    { format, imageType, classes, images: files.images, target: files.archive },
    { signal: both, onProgress: tell },
  )
  const words = row.request.language === 'zh' ? REASONS_ZH : {}
  const lines = problems.map(({ image, told }) => lineOf(image, tellReason(told, words)))
  const { byteSize, missing } = await addImages(storage, {
    zip,
    archive: files.archive,
    images: isWithImages ? files.images : null,
    pathOf: (image) => FORMATS[format].imagePath(image, classes),
    report: lines,
    missingLine: (path) => lineOf(path, tellReason(because`the file is gone from the storage`, words)),
    onProgress: (done) => {
      both.throwIfAborted()
      tell(images + done)
    },
  })
  if (!(await noteProgress(db, row.id, { done: total, total }))) return
  await storage.adopt(row.uri, files.archive)
  const result = { images, marks, byteSize, problems: lines.length + missing }
  await endExport(db, row.id, { state: 'succeeded', result })
  // Removed while the file was put in its place: nobody will ask for it.
  if (!(await findExport(db, row.id))) await storage.remove(row.uri)
}

function lineOf(image: string | undefined, reason: string): string {
  return image === undefined ? reason : `${image}: ${reason}`
}

async function tellProgress(db: Context['db'], id: ExportId, progress: { done: number; total: number }) {
  if (!(await noteProgress(db, id, progress))) throw new ExportStopped()
}
