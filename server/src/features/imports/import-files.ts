import { rm } from 'node:fs/promises'
import { AppError, because, type ImageId, isLearnable } from '@vesalius/contracts'
import type { ImportRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { cleanImageName } from '../images/image-name.ts'
import { findTwins } from '../ingest/duplicates.ts'
import { receiveFile, type SizeLimits } from '../ingest/receive-file.ts'
import { isArchive } from '../ingest/sniff-format.ts'
import { type NewImage, storeImages } from '../ingest/store-image.ts'
import { asProblem, checkFile, duplicateProblem, type IngestParts } from '../ingest/take-file.ts'
import { unusable } from './archive-source.ts'
import { type ImportSource, LONGEST_PATH, type SourceFile } from './import-source.ts'
import { type NewItem, recordItems } from './imports.queries.ts'
import { isLabelFile, LabelFiles, labelOfRefused, lonelyLabel, readLabelFile } from './label-files.ts'

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

type Checked = Pick<SourceFile, 'path' | 'byteSize'> & { label: CheckedLabel | null } & (
    | { image: NewImage }
    | { error: unknown }
  )

interface CheckedLabel {
  file: SourceFile
  /** Null: it is the image's annotation. */
  error: unknown
}

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
      position += files.length + files.filter(({ label }) => label).length
    }
  } finally {
    const row = await storing
    if (row) task.onStep(row)
  }
}

/** A file to make an image of, with the label file beside it. */
interface Task extends SourceFile {
  label: SourceFile | undefined
}

/** The files not done yet, each under a path that no other has. */
async function* takeTogether({ source, done }: FileImport): AsyncGenerator<Task[]> {
  const { images, labels } = await sortFiles(source)
  let files: Task[] = []
  let bytes = 0
  for (const { file, path } of images) {
    const task = { ...file, path, label: labels.take(file.path) }
    if (done.has(path)) continue
    if (files.length === TOGETHER || (files.length > 0 && bytes + file.byteSize > BYTES_TOGETHER)) {
      yield files
      files = []
      bytes = 0
    }
    files.push(task)
    bytes += file.byteSize
  }
  const lonely = labels.left().filter(({ path }) => !done.has(path))
  files.push(...lonely.map((file) => ({ ...file, problem: file.problem ?? lonelyLabel(), label: undefined })))
  for (let at = 0; at < files.length; at += TOGETHER) yield files.slice(at, at + TOGETHER)
}

/** Label files apart from the others; every file gets a path that no other has. */
async function sortFiles(source: ImportSource) {
  const seen = new Map<string, number>()
  const images: { file: SourceFile; path: string }[] = []
  const labels = new LabelFiles()
  for await (const file of source.files()) {
    const short = file.path.slice(0, LONGEST_PATH)
    const times = (seen.get(short) ?? 0) + 1
    seen.set(short, times)
    const path = times === 1 ? short : `${short} (${times})`
    if (isLabelFile(file.path)) labels.add(file.path, { ...file, path })
    else images.push({ file, path })
  }
  return { images, labels }
}

async function check(parts: IngestParts, task: FileImport, file: Task): Promise<Checked> {
  const { project, user, limits } = task
  const { path } = file
  let { byteSize } = file
  // Made before anything is waited for, so that images sort as their files did.
  const id = newId<ImageId>()
  let received: Awaited<ReturnType<typeof receiveFile>> | null = null
  try {
    if (file.problem) throw file.problem
    received = await receiveFile(await file.open(), parts.storage.scratchDirectory, limits)
    byteSize = received.byteSize
    if (isArchive(received.head)) throw unusable(because`Archives inside of archives are not opened.`)
    const name = cleanImageName(path) || 'image'
    const arrival = { id, user, project, name, file: received, annotation: null, group: file.group ?? null }
    const image = await checkFile(parts, { ...arrival, duplicates: 'keep' })
    if (!file.label) return { path, byteSize, label: null, image }
    const said = await readLabelFile(file.label, project, image.facts).catch((error: unknown) => ({ error }))
    if ('error' in said) return { path, byteSize, label: { file: file.label, error: said.error }, image }
    return { path, byteSize, label: { file: file.label, error: null }, image: { ...image, annotation: said.data } }
  } catch (error) {
    if (received) await rm(received.path, { force: true })
    return { path, byteSize, label: file.label ? { file: file.label, error: labelOfRefused() } : null, error }
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
      let position = from
      for (const one of sorted) {
        row = await storeTogether(parts, task, [one], position).catch((cause) =>
          record(parts, task, [failed(parts, one, cause)], position),
        )
        position += itemsOf([one]).length
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
  /** Of its label file. */
  labelItem: NewItem | null
}

const itemsOf = (sorted: readonly Sorted[]): NewItem[] =>
  sorted.flatMap(({ item, labelItem }) => (labelItem ? [item, labelItem] : [item]))

/** What becomes of each file, in the order they came: of equal ones the first counts, also of two that came together. */
async function sortDuplicates(parts: IngestParts, task: FileImport, checked: Checked[]): Promise<Sorted[]> {
  const { project, row } = task
  const hashes = checked.flatMap((file) => ('image' in file ? [file.image.file.sha256] : []))
  const twins = row.duplicates === 'keep' ? new Map() : await findTwins(parts.db, project.id, hashes)
  const fresh = new Map<string, ImageId>()
  return checked.map((file) => {
    const { path, byteSize } = file
    const plain = { path, byteSize }
    if (!('image' in file)) return unstored(parts, file, refusal(parts, plain, file.error))
    const { image } = file
    const { sha256 } = image.file
    const twin = twins.get(sha256)
    const firstId = twin?.id ?? fresh.get(sha256)
    fresh.set(sha256, firstId ?? image.id)
    if (firstId && (row.duplicates === 'ask' || row.duplicates === 'skip')) {
      return unstored(parts, file, { ...plain, state: 'duplicate', imageId: firstId, error: duplicateProblem() })
    }
    const isShared = twin !== undefined && row.duplicates === 'copy'
    return {
      ...plain,
      image: isShared ? { ...image, twin } : image,
      item: { ...plain, state: 'stored', imageId: image.id, error: null },
      labelItem: file.label && itemOfLabel(parts, file.label, image.id),
    }
  })
}

/** Nothing is stored of a file, nor of the label file beside it. */
function unstored(parts: IngestParts, { label }: Pick<Checked, 'label'>, item: NewItem): Sorted {
  const { path, byteSize } = item
  return { path, byteSize, image: null, item, labelItem: label && refusal(parts, label.file, labelOfRefused()) }
}

function itemOfLabel(parts: IngestParts, { file, error }: CheckedLabel, imageId: ImageId): NewItem {
  const { path, byteSize } = file
  return error === null ? { path, byteSize, state: 'label', imageId, error: null } : refusal(parts, file, error)
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
  const items = itemsOf(sorted)
  await storeImages(parts, project, images, {
    firstLook: hasModel ? 'later' : 'none',
    along: async (trx) => {
      row = await recordItems(trx, task.row.id, items, from)
    },
  })
  return row
}

async function record({ db }: IngestParts, { row }: FileImport, sorted: Sorted[], from: number): Promise<ImportRow> {
  const items = itemsOf(sorted)
  return db.transaction().execute((trx) => recordItems(trx, row.id, items, from))
}

function failed(parts: IngestParts, file: Sorted, error: unknown): Sorted {
  const labelItem = file.labelItem && refusal(parts, file.labelItem, labelOfRefused())
  return { ...file, image: null, item: refusal(parts, file, error), labelItem }
}

function refusal(parts: IngestParts, { path, byteSize }: Pick<NewItem, 'path' | 'byteSize'>, error: unknown): NewItem {
  return { path, byteSize, state: 'refused', imageId: null, error: asProblem(parts, error) }
}

/** What was stored has left the scratch folder already. */
async function discard(checked: Checked[]): Promise<void> {
  await Promise.all(checked.map((each) => ('image' in each ? rm(each.image.file.path, { force: true }) : undefined)))
}
