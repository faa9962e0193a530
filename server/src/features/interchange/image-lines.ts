import type { ImageId } from '@vesalius/contracts'
import { fromLabel } from '@vesalius/formats'
import type { PictureGeometry } from '@vesalius/imaging'
import type { Context } from '../../context.ts'
import type { ExportRow, ImageRow, ProjectRow } from '../../db/tables.ts'
import { type Schemed, withClasses } from '../classes/class-schemes.ts'
import { buildLabelFile } from '../labels/label-file.ts'
import { fileNamesOf } from './file-names.ts'
import type { ExportedImage } from './format-task.ts'
import { LineWriter } from './line-file.ts'
import { findByIds, findFiltered, findGuesses, findLabels } from './list-images.ts'
import { geometryOf } from './read-geometry.ts'

const PAGE = 500

interface Listing {
  project: ProjectRow
  request: Pick<ExportRow['request'], 'filter' | 'content'>
  needsGeometry: boolean
  /** The line file to write. */
  target: string
  signal: AbortSignal
  /** What an image's file says of its place and identity is told otherwise, or with null the image is left out. */
  identify?: (image: ImageRow, geometry: PictureGeometry | undefined) => PictureGeometry | undefined | null
  onTotal: (total: number) => Promise<void>
}

/** What the images say that a filter finds, a line each, page by page: what formats are written from. */
export async function writeImageLines(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  { project, request, needsGeometry, target, signal, identify = (_image, geometry) => geometry, onTotal }: Listing,
): Promise<{ images: number; marks: number; leftOut: number }> {
  const { filter, content } = request
  const found: Found[] = []
  let leftOut = 0
  for await (const page of findFiltered(db, project, filter)) {
    signal.throwIfAborted()
    for (const image of page) {
      const { id, name, type } = image
      const geometry = needsGeometry ? identify(image, await geometryOf({ storage }, image)) : undefined
      if (geometry === null) leftOut += 1
      else found.push({ id, name, type, place: placeInSeries(geometry) })
    }
  }
  const names = new Map(fileNamesOf(found).map((name, index) => [found[index]?.id, name]))
  // Pictures of a series follow each other, so that one object can speak of them all.
  if (needsGeometry) found.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
  await onTotal(found.length)
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
        const geometry = needsGeometry ? identify(image, await geometryOf({ storage }, image)) : undefined
        images += 1
        marks += said.boxes.length + said.masks.length + (said.answer ? 1 : 0)
        lines.add(geometry ? { ...said, geometry } : said)
      }
    }
  } finally {
    lines.close()
  }
  return { images, marks, leftOut }
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
