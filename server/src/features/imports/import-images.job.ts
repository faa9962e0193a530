import { AppError } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ImportRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { openStudies } from '../dicom-sources/study-source.ts'
import { asProblem, type IngestParts } from '../ingest/take-file.ts'
import { notify } from '../notifications/notify.ts'
import { openAddress } from './address-source.ts'
import { openFolder } from './folder-source.ts'
import { importFiles } from './import-files.ts'
import type { ImportSource } from './import-source.ts'
import {
  findDonePaths,
  findOpenImports,
  finishImport,
  presentImport,
  setTotal,
  startImport,
} from './imports.queries.ts'
import { openStaged, removeStaged, sweepStaging } from './staging.ts'

export type ImportParts = IngestParts & Pick<Context, 'config' | 'outgoing' | 'sealKey' | 'uidSecret'>

/** Upload of a form under way in another process. */
const GRACE_MS = 24 * 3600_000

/** Does one import, or what is left of it after a process ended. Files done are never done again. */
export function importImagesHandler(parts: ImportParts): JobHandler<'import-images'> {
  return async ({ payload: { importId }, signal, isLastTry }) => {
    const row = await startImport(parts.db, importId)
    if (!row) return
    publish(parts, row)
    try {
      const state = await runImport(parts, row, signal)
      await end(parts, row, { state })
    } catch (error) {
      if (signal.aborted) throw error
      if (!(error instanceof AppError) && !isLastTry) throw error
      await end(parts, row, { state: 'failed', error: asProblem(parts, error) })
    }
  }
}

/** Imports under way that have no job go on, folders nobody waits for are removed. */
export async function resumeImports({
  db,
  jobs,
  storage,
  database,
}: Pick<Context, 'db' | 'jobs' | 'storage' | 'database'>) {
  const open = await findOpenImports(db)
  await sweepStaging(storage, new Set(open), database.kind === 'embedded' ? Date.now() : Date.now() - GRACE_MS)
  const keyed = open.map((importId) => ({ key: importId, payload: { importId } }))
  await db.transaction().execute((trx) => jobs.enqueueMissing(trx, 'import-images', keyed))
}

async function runImport(parts: ImportParts, row: ImportRow, signal: AbortSignal): Promise<'succeeded' | 'cancelled'> {
  const { db, config } = parts
  const project = await db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', row.project_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!project) throw new AppError('NOT_FOUND', 'The project is gone.')
  const source = await openSource(parts, row, signal)
  try {
    const counted = await setTotal(db, row.id, { total: source.total, ignored: source.ignored })
    publish(parts, counted)
    let isCancelled = counted.cancel_requested
    if (!isCancelled) {
      await importFiles(parts, {
        row: counted,
        project,
        user: { id: row.created_by },
        source,
        done: await findDonePaths(db, row.id),
        limits: { picture: config.maxFileBytes, archive: config.maxFileBytes },
        onStep: (now) => {
          publish(parts, now)
          isCancelled = now.cancel_requested
          signal.throwIfAborted()
          return !isCancelled
        },
      })
    }
    return isCancelled ? 'cancelled' : 'succeeded'
  } finally {
    await source.close()
  }
}

async function openSource(parts: ImportParts, row: ImportRow, signal: AbortSignal): Promise<ImportSource> {
  switch (row.kind) {
    case 'files':
    case 'archive':
      return openStaged(parts.storage, row.id)
    case 'folder':
      return openFolder(parts.config.importDirectories, row.source)
    case 'address':
      return openAddress(parts, { address: row.source, id: row.id, signal })
    case 'dicomweb':
      return openStudies(parts, row, signal)
  }
}

async function end(parts: ImportParts, { id }: ImportRow, how: Parameters<typeof finishImport>[2]): Promise<void> {
  const row = await finishImport(parts.db, id, how)
  await removeStaged(parts.storage, id)
  if (!row) return
  publish(parts, row)
  if (row.state !== 'succeeded' && row.state !== 'failed') return
  await notify(parts, [row.created_by], { kind: 'import', project_id: row.project_id, outcome: row.state })
}

function publish({ events }: Pick<Context, 'events'>, row: ImportRow): void {
  events.publish(row.project_id, { kind: 'import', import: presentImport(row) })
}
