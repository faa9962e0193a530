import { because } from '@vesalius/contracts'
import type { FormatFile, OutFile, ReadDataset, ReadOptions, Writing } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { FormatError } from '../shape/problems.ts'
import { csvLine, parseCsv } from '../text/csv.ts'
import { readText, textParts } from '../text/text.ts'

const WEIGHT = 'weight: '

/** `labels.csv`: a row per image with its class, and a column of weights for every class. */
export function* writeClassTable(writing: Writing): Generator<OutFile> {
  yield { path: 'labels.csv', bytes: textParts(writeRows(writing)) }
}

function* writeRows({ classes, images }: Writing): Generator<string> {
  yield csvLine(['image', 'class', ...classes.map((name) => `${WEIGHT}${name}`)])
  for (const { name, answer } of images()) {
    const weights = classes.map((_, index) => answer?.weights?.[index] ?? '')
    yield csvLine([name, answer ? (classes[answer.class] ?? '') : '', ...weights])
  }
}

/** A table with a column for the image's name and one for its class; weights where it has columns of them. */
export function readClassTable(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => /\.(csv|tsv)$/.test(path),
    (file) => {
      const [head, ...rows] = parseCsv(readText(file))
      const titles = head?.cells ?? []
      const column = (names: string[]) => titles.findIndex((title) => names.includes(title.trim().toLowerCase()))
      const ofImage = column(['image', 'filename', 'file', 'file_name', 'name', 'path'])
      const ofClass = column(['class', 'label', 'category', 'class_name'])
      if (ofImage < 0 || ofClass < 0)
        throw new FormatError(because`the table needs a column "image" and a column "class"`)
      const ofWeights: { column: number; index: number }[] = []
      titles.forEach((title, at) => {
        const index = title.startsWith(WEIGHT) ? builder.class(title.slice(WEIGHT.length), { file: file.path }) : null
        if (index !== null) ofWeights.push({ column: at, index })
      })
      for (const { cells, line } of rows) {
        const where = { file: file.path, line }
        const className = cells[ofClass] ?? ''
        // A table knows no sizes and a class needs none.
        const image = builder.image(cells[ofImage] ?? '', options.known ? null : { width: 1, height: 1 }, where)
        if (!image || className === '') continue
        builder.addAnswer(image, className, where)
        const weights = ofWeights.map(({ column: at, index }) => [index, cells[at] ? Number(cells[at]) : Number.NaN])
        if (weights.length === 0 || !image.answer || weights.every(([, weight]) => Number.isNaN(weight))) continue
        if (weights.some(([, weight = -1]) => !(weight >= 0 && weight <= 1))) {
          builder.problems.add(because`lost: weights that are not from 0 to 1`, { ...where, image: image.name })
        } else {
          const full: number[] = []
          for (const [index = 0, weight = 0] of weights) full[index] = weight
          image.answer.weights = Array.from(full, (weight) => weight ?? 0)
        }
      }
    },
  )
  return builder.result()
}
