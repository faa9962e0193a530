import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, because, type ExportId, type ImageId, tellReason } from '@vesalius/contracts'
import { REASONS_ZH } from '@vesalius/contracts/reasons-zh'
import { FORMATS, fromLabel } from '@vesalius/formats'
import type { PictureGeometry } from '@vesalius/imaging'
import type { Context } from '../../context.ts'
import type { ExportRow, ImageRow, ProjectRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { type Schemed, withClasses } from '../classes/class-schemes.ts'
import { buildLabelFile } from '../labels/label-file.ts'
import { addImages } from './add-images.ts'
import { endExport, findExport, noteProgress } from './exports.queries.ts'
import { fileNamesOf } from './file-names.ts'
import type { ExportedImage } from './format-task.ts'
import { LineWriter } from './line-file.ts'
import { findByIds, findFiltered, findGuesses, findLabels } from './list-images.ts'
import { asWorkProblem } from './problem.ts'
import { geometryOf } from './read-geometry.ts'
import { writeFormat } from './run-format.ts'
import { slowly } from './slowly.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'log'>

const PAGE = 500

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
  const { images, marks } = await listImages(parts, { row, project, target: files.images, signal })
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

interface Listing {
  row: ExportRow
  project: ProjectRow
  target: string
  signal: AbortSignal
}

async function listImages({ db, storage }: Parts, { row, project, target, signal }: Listing) {
  const { filter, content, format } = row.request
  const needsGeometry = FORMATS[format].needsGeometry === true
  const found: Found[] = []
  for await (const page of findFiltered(db, project, filter)) {
    signal.throwIfAborted()
    for (const { id, name, type, ...image } of page) {
      const place = needsGeometry ? placeInSeries(await geometryOf({ storage }, { ...image, type })) : ''
      found.push({ id, name, type, place })
    }
  }
  const names = new Map(fileNamesOf(found).map((name, index) => [found[index]?.id, name]))
  // Pictures of a series follow each other, so that one object can speak of them all.
  if (needsGeometry) found.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
  await tellProgress(db, row.id, { done: 0, total: found.length })
  const lines = new LineWriter(target)
  let images = 0
  let marks = 0
  try {
    for (let at = 0; at < found.length; at += PAGE) {
      signal.throwIfAborted()
      const ids = found.slice(at, at + PAGE).map(({ id }) => id)
      const rows = await findByIds(db, ids)
      const labels = await findLabels(db, ids)
      const guesses = content === 'guesses' ? await findGuesses(db, ids) : null
      for (const id of ids) {
        const [image, label, name] = [rows.get(id), labels.get(id), names.get(id)]
        // Gone meanwhile.
        if (!image || !label || name === undefined) continue
        const said = describe(project, { image, name, label, guess: guesses?.get(id) })
        const geometry = needsGeometry ? await geometryOf({ storage }, image) : undefined
        images += 1
        marks += said.boxes.length + said.masks.length + (said.answer ? 1 : 0)
        lines.add(geometry ? { ...said, geometry } : said)
      }
    }
  } finally {
    lines.close()
  }
  return { images, marks }
}

interface Found {
  id: ImageId
  name: string
  type: string
  /** Sorts by series, and in it along its normal. */
  place: string
}

function placeInSeries(geometry: PictureGeometry | undefined): string {
  const [first] = geometry?.places ?? []
  if (!geometry?.dicom) return ''
  if (!first) return geometry.dicom.seriesInstanceUid
  const [a, b] = [first.row, first.column]
  const normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
  const along = first.position.reduce((sum, value, axis) => sum + value * (normal[axis] ?? 0), 0)
  // A constant number of digits, so that the order of texts is that of numbers.
  return `${geometry.dicom.seriesInstanceUid} ${(along + 1e7).toFixed(3).padStart(14, '0')}`
}

/** Only what a person said counts as an annotation; the archive carries the label file as it is. */
function describe(
  project: ProjectRow,
  found: {
    image: ImageRow
    name: string
    label: Parameters<typeof buildLabelFile>[2]
    guess: Schemed | undefined
  },
): ExportedImage {
  const { image, name, guess } = found
  const label = buildLabelFile(project, image, found.label)
  const plain = { name, width: image.width, height: image.height, frames: image.frames }
  const rest = { label, uri: image.uri }
  if (guess) return { ...fromLabel(plain, withClasses(project, guess)), ...rest, isGuess: true }
  if (image.annotated_at !== null) return { ...fromLabel(plain, label.data), ...rest }
  return { ...plain, answer: null, boxes: [], masks: [], tags: [], ...rest }
}
