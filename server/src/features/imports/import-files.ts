import { rm } from 'node:fs/promises'
import { AppError, type ImageId, isLearnable } from '@vesalius/contracts'
import type { ImportRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { cleanImageName } from '../images/image-name.ts'
import { findTwins } from '../ingest/duplicates.ts'
import { receiveFile, type SizeLimits } from '../ingest/receive-file.ts'
import { isArchive } from '../ingest/sniff-format.ts'
import { type NewImage, storeImages } from '../ingest/store-image.ts'
import { asProblem, checkFile, duplicateProblem, type IngestParts } from '../ingest/take-file.ts'
import { type ImportSource, LONGEST_PATH, type SourceFile } from './import-source.ts'
import { type NewItem, recordItems } from './imports.queries.ts'

/** Files that become images in one transaction, and how many bytes of them lie in the scratch folder at most. */
const TOGETHER = 48
const BYTES_TOGETHER = 256 * 1024 ** 2

export interface FileImport {
  row: ImportRow
  project: ProjectRow
  user: Pick<SignedIn, 'id'>
  source: ImportSource
  /** Paths done before, when an import goes on. */
  done: ReadonlySet<string>
  limits: SizeLimits
  /** After each step; false ends the import here. */
  onStep(row: ImportRow): boolean
}

type Checked = { path: string; byteSize: number } & ({ image: NewImage } | { error: unknown })

/** Makes images of all files of a source, some at a time: while some are written the next ones are decoded. */
export async function importFiles(parts: IngestParts, task: FileImport): Promise<void> {
  let position = task.done.size
  let storing: Promise<ImportRow | null> = Promise.resolve(null)
  try {
    for await (const files of takeTogether(task)) {
      const checked = await Promise.all(files.map((file) => check(parts, task, file)))
      const row = await storing
      if (row && !task.onStep(row)) return discard(checked)
      storing = store(parts, task, checked, position)
      storing.catch(() => {})
      position += files.length
    }
  } finally {
    const row = await storing
    if (row) task.onStep(row)
  }
}

/** The files not done yet, each under a path that no other has. */
async function* takeTogether({ source, done }: FileImport): AsyncGenerator<SourceFile[]> {
  const seen = new Map<string, number>()
  let files: SourceFile[] = []
  let bytes = 0
  for await (const file of source.files()) {
    const short = file.path.slice(0, LONGEST_PATH)
    const times = (seen.get(short) ?? 0) + 1
    seen.set(short, times)
    const path = times === 1 ? short : `${short} (${times})`
    if (done.has(path)) continue
    if (files.length === TOGETHER || (files.length > 0 && bytes + file.byteSize > BYTES_TOGETHER)) {
      yield files
      files = []
      bytes = 0
    }
    files.push({ ...file, path })
    bytes += file.byteSize
  }
  if (files.length > 0) yield files
}

async function check(parts: IngestParts, { project, user, limits }: FileImport, file: SourceFile): Promise<Checked> {
  const { path, byteSize } = file
  // Made before anything is waited for, so that images sort as their files did.
  const id = newId<ImageId>()
  let received: Awaited<ReturnType<typeof receiveFile>> | null = null
  try {
    if (file.problem) throw file.problem
    received = await receiveFile(await file.open(), parts.storage.scratchDirectory, limits)
    if (isArchive(received.head)) throw new AppError('ARCHIVE_UNUSABLE', 'Archives inside of archives are not opened.')
    const name = cleanImageName(path) || 'image'
    const arrival = { id, user, project, name, file: received, annotation: null, group: null }
    return { path, byteSize, image: await checkFile(parts, { ...arrival, duplicates: 'keep' }) }
  } catch (error) {
    if (received) await rm(received.path, { force: true })
    return { path, byteSize, error }
  }
}

/** Writes images and report together; when that fails, each file by itself, so that one does not cost the others. */
async function store(parts: IngestParts, task: FileImport, checked: Checked[], from: number): Promise<ImportRow> {
  try {
    const sorted = await sortDuplicates(parts, task, checked)
    try {
      return await storeTogether(parts, task, sorted, from)
    } catch (error) {
      if (sorted.length === 1) return record(parts, task, [failed(parts, sorted[0] as Sorted, error)], from)
      let row = task.row
      for (const [at, one] of sorted.entries()) {
        row = await storeTogether(parts, task, [one], from + at).catch((cause) =>
          record(parts, task, [failed(parts, one, cause)], from + at),
        )
      }
      return row
    }
  } finally {
    await discard(checked)
  }
}

interface Sorted {
  path: string
  byteSize: number
  /** Null: nothing is stored of it. */
  image: NewImage | null
  item: NewItem
}

/** What becomes of each file, in the order they came: of equal ones the first counts, also of two that came together. */
async function sortDuplicates(parts: IngestParts, task: FileImport, checked: Checked[]): Promise<Sorted[]> {
  const { project, row } = task
  const hashes = checked.flatMap((file) => ('image' in file ? [file.image.file.sha256] : []))
  const twins = row.duplicates === 'keep' ? new Map() : await findTwins(parts.db, project.id, hashes)
  const fresh = new Map<string, ImageId>()
  return checked.map((file) => {
    const { path, byteSize } = file
    if (!('image' in file)) return { path, byteSize, image: null, item: refusal(parts, file, file.error) }
    const { image } = file
    const { sha256 } = image.file
    const twin = twins.get(sha256)
    const firstId = twin?.id ?? fresh.get(sha256)
    fresh.set(sha256, firstId ?? image.id)
    if (firstId && (row.duplicates === 'ask' || row.duplicates === 'skip')) {
      const item = { path, byteSize, state: 'duplicate', imageId: firstId, error: duplicateProblem() } as const
      return { path, byteSize, image: null, item }
    }
    const isShared = twin !== undefined && row.duplicates === 'copy'
    const item = { path, byteSize, state: 'stored', imageId: image.id, error: null } as const
    return { path, byteSize, image: isShared ? { ...image, twin } : image, item }
  })
}

async function storeTogether(parts: IngestParts, task: FileImport, sorted: Sorted[], from: number): Promise<ImportRow> {
  const images = sorted.flatMap(({ image }) => (image ? [image] : []))
  if (images.length === 0) return record(parts, task, sorted, from)
  const project = await parts.db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', task.project.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!project) throw new AppError('NOT_FOUND', 'The project is gone.')
  const hasModel = isLearnable(project.task_type) && project.serving_model_id !== null
  let row = task.row
  const items = sorted.map(({ item }) => item)
  await storeImages(parts, project, images, {
    firstLook: hasModel ? 'later' : 'none',
    along: async (trx) => {
      row = await recordItems(trx, task.row.id, items, from)
    },
  })
  return row
}

async function record({ db }: IngestParts, { row }: FileImport, sorted: Sorted[], from: number): Promise<ImportRow> {
  const items = sorted.map(({ item }) => item)
  return db.transaction().execute((trx) => recordItems(trx, row.id, items, from))
}

function failed(parts: IngestParts, file: Sorted, error: unknown): Sorted {
  return { ...file, image: null, item: refusal(parts, file, error) }
}

function refusal(parts: IngestParts, { path, byteSize }: Pick<Sorted, 'path' | 'byteSize'>, error: unknown): NewItem {
  return { path, byteSize, state: 'refused', imageId: null, error: asProblem(parts, error) }
}

/** What was stored has left the scratch folder already. */
async function discard(checked: Checked[]): Promise<void> {
  await Promise.all(checked.map((each) => ('image' in each ? rm(each.image.file.path, { force: true }) : undefined)))
}
