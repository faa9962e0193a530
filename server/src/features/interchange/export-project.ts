import { AppError, type FormatName } from '@vesalius/contracts'
import {
  assignFileNames,
  type DatasetImage,
  type FormatFile,
  fromLabel,
  type Written,
  writeZip,
} from '@vesalius/formats'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { buildLabelFile } from '../labels/label-file.ts'
import { findLabelledImages, type LabelledImage } from './interchange.queries.ts'
import { writeFormat } from './run-format.ts'

type Parts = Pick<Context, 'db' | 'storage'>
const MOST_IMAGES = 200_000

export interface Export {
  project: ProjectRow
  format: FormatName
  isAnnotatedOnly: boolean
  withImages: boolean
}

/** A zip archive in parts. Only what a person said counts as an annotation; the archive keeps guesses as such. */
export async function exportProject({ db, storage }: Parts, wanted: Export): Promise<AsyncIterable<Uint8Array>> {
  const { project, format, isAnnotatedOnly } = wanted
  const found = await findLabelledImages(db, { projectId: project.id, isAnnotatedOnly, limit: MOST_IMAGES + 1 })
  if (found.length > MOST_IMAGES) {
    throw new AppError('PAYLOAD_TOO_LARGE', `The project has more than ${MOST_IMAGES} images to export at once.`)
  }
  const names = assignFileNames(found.map(({ image }) => image))
  const images = found.map((each, index) => describe(project, each, names[index] ?? each.image.id))
  const written = await writeFormat({
    format,
    dataset: { classes: project.classes, images },
    imageType: project.task_type,
  })
  // A folder per class without images says nothing.
  const isWithImages = wanted.withImages || format === 'image-folder'
  return writeZip(contents(storage, written, isWithImages ? found : []))
}

function describe(project: ProjectRow, { image, revision }: LabelledImage, name: string): DatasetImage {
  const label = buildLabelFile(project, image, revision)
  const plain = { name, width: image.width, height: image.height }
  if (image.annotated_at !== null) return { ...fromLabel(plain, label.data), label }
  return { ...plain, answer: null, boxes: [], masks: [], tags: [], label }
}

async function* contents(
  storage: Parts['storage'],
  { files, imagePaths, problems }: Written,
  withFiles: LabelledImage[],
): AsyncGenerator<FormatFile> {
  yield* files
  const lines = problems.map(({ image, reason }) => (image === undefined ? reason : `${image}: ${reason}`))
  for (const [index, { image }] of withFiles.entries()) {
    const path = imagePaths[index] ?? image.name
    if ((await storage.size(image.uri)) === null) lines.push(`${path}: the file is gone from the storage`)
    else yield { path, bytes: await storage.read(image.uri) }
  }
  if (lines.length > 0) yield { path: 'export-report.txt', bytes: Buffer.from(`${lines.join('\n')}\n`) }
}
