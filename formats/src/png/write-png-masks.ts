import { paintRle } from '@vesalius/contracts'
import type { Dataset, DatasetImage, FormatFile, Written } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import { Problems, reportLosses } from '../shape/problems.ts'
import { csvLine } from '../text/csv.ts'
import { textFile } from '../text/text.ts'
import { writePng } from './write-png.ts'

const MOST_VALUES = 65_535

/** A grey PNG per image whose pixels are class numbers from 1, and `classes.csv` that names them; 0 is no class. */
export function writeSemanticMasks(dataset: Dataset): Written {
  const rows = dataset.classes.map((name, index) => csvLine([index + 1, name]))
  const table = textFile('classes.csv', csvLine(['value', 'class']) + rows.join(''))
  return writeMasks(dataset, [table], (_, index, image) => (image.masks[index]?.class ?? 0) + 1)
}

/** A 16-bit PNG per image whose pixels are the masks' numbers from 1, and `instances.csv` that gives their classes. */
export function writeInstanceMasks(dataset: Dataset): Written {
  const rows = dataset.images.flatMap((image) =>
    image.masks
      .slice(0, MOST_VALUES)
      .map((mark, index) => csvLine([image.name, index + 1, dataset.classes[mark.class] ?? ''])),
  )
  const table = textFile('instances.csv', csvLine(['image', 'value', 'class']) + rows.join(''))
  return writeMasks(dataset, [table], (_, index) => index + 1)
}

function writeMasks(
  dataset: Dataset,
  tables: FormatFile[],
  numberOf: (dataset: Dataset, index: number, image: DatasetImage) => number,
): Written {
  const problems = new Problems()
  reportLosses(dataset, problems, ['masks'])
  const files = dataset.images.map((image): FormatFile => {
    const values = new Int32Array(image.width * image.height)
    const seen = new Set<number>()
    let painted = 0
    for (const [index, mark] of image.masks.entries()) {
      const value = numberOf(dataset, index, image)
      if (value > MOST_VALUES) {
        problems.add('lost: masks past the 65535th', { image: image.name })
        continue
      }
      if (seen.has(value)) problems.add('lost: which mask of a class a pixel belongs to', { image: image.name })
      seen.add(value)
      painted += paintRle(values, value, mark.rle, [image.height, image.width])
    }
    const covered = values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0)
    if (covered < painted) problems.add('lost: the parts of masks under later ones', { image: image.name })
    return { path: `masks/${stemOf(image.name)}.png`, bytes: writePng(values, image, 16) }
  })
  return {
    files: [...tables, ...files],
    imagePaths: dataset.images.map((image) => `images/${image.name}`),
    problems: problems.list(),
  }
}
