import { randomUUID } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, tellReason } from '@vesalius/contracts'
import { type ByteSource, FileBudget, openZip } from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { addImages } from '../interchange/add-images.ts'
import { writeImageLines } from '../interchange/image-lines.ts'
import { asWorkProblem } from '../interchange/problem.ts'
import { writeFormat } from '../interchange/run-format.ts'
import {
  type DicomPushRow,
  endPush,
  findOpenPushes,
  findPush,
  findSource,
  notePushProgress,
} from './dicom-sources.queries.ts'
import { restoreIdentities } from './restore-identity.ts'
import { openSource } from './source-client.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'log' | 'outgoing' | 'sealKey' | 'config' | 'uidSecret'>

const MOST_OBJECT_BYTES = 4 * 1024 ** 3
const MOST_NOTES = 100

/** Told apart from failures: a person stopped it. */
class PushStopped extends Error {}

/**
 * Writes the annotations as an export would and sends each object. Objects get their UIDs from what they say, so one that is
 * sent again, after a kill or by a person, is the same object to the server.
 */
export function pushObjectsHandler(parts: Parts): JobHandler<'push-objects'> {
  return async ({ payload: { pushId }, signal, isLastTry }) => {
    const row = await findPush(parts.db, pushId)
    if (!row || (row.state !== 'pending' && row.state !== 'running')) return
    const scratch = join(parts.storage.scratchDirectory, randomUUID())
    const files = { images: `${scratch}.lines`, archive: `${scratch}.zip` }
    try {
      await push(parts, row, files, signal)
    } catch (error) {
      if (error instanceof PushStopped) return
      if (signal.aborted || (!(error instanceof AppError) && !isLastTry)) throw error
      await endPush(parts.db, pushId, { state: 'failed', problem: asWorkProblem(parts, error) })
    } finally {
      for (const file of Object.values(files)) await rm(file, { force: true })
    }
  }
}

/** Those under way that have lost their job go on. */
export async function resumePushes({ db, jobs }: Pick<Context, 'db' | 'jobs'>): Promise<void> {
  const open = await findOpenPushes(db)
  const keyed = open.map((pushId) => ({ key: pushId, payload: { pushId } }))
  await db.transaction().execute((trx) => jobs.enqueueMissing(trx, 'push-objects', keyed))
}

async function push(
  parts: Parts,
  row: DicomPushRow,
  files: { images: string; archive: string },
  signal: AbortSignal,
): Promise<void> {
  const { db } = parts
  const source = row.source_id && (await findSource(db, row.source_id))
  if (!source) throw new AppError('NOT_FOUND', 'The DICOMweb server was removed from this installation.')
  const project = await db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', row.project_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!project) throw new AppError('NOT_FOUND', 'The project is gone.')
  const tell = async (done: number, total: number) => {
    if (!(await notePushProgress(db, row.id, { done, total }))) throw new PushStopped()
  }
  const client = openSource(parts, source, signal)
  const identify = await restoreIdentities(parts, project.id, source, client)
  const { images, marks, leftOut, notes } = await writeObjects(parts, { row, project, files, identify, signal, tell })
  const zip = openArchive(files.archive)
  const said = [...notes]
  let stored = 0
  let refused = 0
  try {
    const objects = openZip(zip.source, new FileBudget(MOST_OBJECT_BYTES), (path) => path.endsWith('.dcm'))
    for (const [at, { bytes }] of objects.entries()) {
      await tell(at, objects.length)
      signal.throwIfAborted()
      const reason = await client.store(bytes)
      if (reason === null) stored += 1
      else {
        refused += 1
        said.push(reason)
      }
    }
    await tell(objects.length, objects.length)
  } finally {
    zip.close()
  }
  if (stored + refused === 0 && leftOut > 0) {
    throw new AppError(
      'VALIDATION_FAILED',
      'These images were de-identified on arrival and did not come from this server: it has no study that they belong to.',
    )
  }
  const result = { images, marks, stored, refused, leftOut }
  await endPush(db, row.id, { state: 'succeeded', result, notes: [...new Set(said)].slice(0, MOST_NOTES) })
}

interface Writing {
  row: DicomPushRow
  project: ProjectRow
  files: { images: string; archive: string }
  identify: Awaited<ReturnType<typeof restoreIdentities>>
  signal: AbortSignal
  tell: (done: number, total: number) => Promise<void>
}

/** The objects into an archive in the scratch folder, in a thread of its own. */
async function writeObjects(parts: Parts, { row, project, files, identify, signal, tell }: Writing) {
  const { format, filter } = row.request
  const counted = await writeImageLines(parts, {
    ...{ project, request: { filter: { annotated: true, ...filter }, content: 'annotations' }, needsGeometry: true },
    ...{ target: files.images, identify, signal },
    onTotal: (total) => tell(0, total),
  })
  const { zip, problems } = await writeFormat(
    { format, imageType: project.task_type, classes: project.classes, images: files.images, target: files.archive },
    { signal },
  )
  await addImages(parts.storage, {
    ...{ zip, archive: files.archive, images: null, report: [] },
    ...{ pathOf: () => '', missingLine: () => '', onProgress: () => {} },
  })
  return { ...counted, notes: problems.map(({ told }) => tellReason(told)) }
}

function openArchive(path: string): { source: ByteSource; close(): void } {
  const descriptor = openSync(path, 'r')
  return {
    source: {
      size: fstatSync(descriptor).size,
      read: (start, length) => {
        const bytes = Buffer.alloc(length)
        return bytes.subarray(0, readSync(descriptor, bytes, 0, length, start))
      },
    },
    close: () => closeSync(descriptor),
  }
}
