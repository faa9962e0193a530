import { because, ImageType, LabelFile } from '@vesalius/contracts'
import { z } from 'zod'
import type { FormatFile, OutFile, ReadDataset, ReadOptions, Writing } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { safeFileName } from '../shape/names.ts'
import { FormatError } from '../shape/problems.ts'
import { fromLabel } from '../shape/project-label.ts'
import { jsonFile, readJson, textParts } from '../text/text.ts'

const Side = z.int().positive().max(200_000)
const Manifest = z.strictObject({
  format: z.literal('vesalius-archive'),
  version: z.literal(1),
  imageType: ImageType,
  classes: z.array(z.string()).max(1000),
  images: z
    .array(z.strictObject({ name: z.string().max(1000), width: Side, height: Side, label: z.string().max(1000) }))
    .max(1_000_000),
})

/** Everything without loss: the label files as they are, and a list of the images they belong to. */
export function* writeArchive({ classes, imageType, images }: Writing): Generator<OutFile> {
  yield { path: 'manifest.json', bytes: textParts(writeManifest({ classes, imageType, images })) }
  for (const { name, label } of images()) {
    if (!label) throw new TypeError(`the image "${name}" comes without its label file`)
    yield jsonFile(labelPath(name), label)
  }
}

function* writeManifest({ classes, imageType, images }: Pick<Writing, 'classes' | 'imageType' | 'images'>) {
  const head = JSON.stringify({ format: 'vesalius-archive', version: 1, imageType, classes })
  yield `${head.slice(0, -1)},"images":[`
  let separator = ''
  for (const { name, width, height } of images()) {
    yield `${separator}${JSON.stringify({ name, width, height, label: labelPath(name) })}`
    separator = ',\n'
  }
  yield ']}\n'
}

function labelPath(name: string): string {
  return `labels/${safeFileName(name)}.label`
}

export function readArchive(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  const byPath = new Map(files.map((file) => [file.path, file]))
  builder.eachFile(
    files,
    (path) => path === 'manifest.json' || path.endsWith('/manifest.json'),
    (manifestFile) => {
      const folder = manifestFile.path.slice(0, -'manifest.json'.length)
      const manifest = readJson(manifestFile, Manifest)
      for (const name of manifest.classes) builder.class(name, { file: manifestFile.path })
      for (const entry of manifest.images) {
        const image = builder.image(entry.name, entry, { file: manifestFile.path })
        if (!image) continue
        const where = { file: `${folder}${entry.label}`, image: image.name }
        const file = byPath.get(where.file)
        if (!file) {
          builder.problems.add(because`the label file is missing`, where)
          continue
        }
        try {
          const label = readJson(file, LabelFile)
          Object.assign(image, fromLabel(image, label.data), { label })
        } catch (cause) {
          if (!(cause instanceof FormatError)) throw cause
          builder.problems.add(cause.reason, where)
        }
      }
    },
  )
  return builder.result()
}
