import { because, paintRle } from '@vesalius/contracts'
import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import type { Problems } from '../shape/problems.ts'
import { csvLine } from '../text/csv.ts'
import { textFile, textParts } from '../text/text.ts'
import { classColours } from './class-colours.ts'
import { writePalettePng, writePng } from './write-png.ts'

const MOST_VALUES = 65_535
const MOST_COLOURS = 255

type NumberOf = (image: DatasetImage, index: number) => number
const classNumber: NumberOf = (image, index) => (image.masks[index]?.class ?? 0) + 1

/** A grey PNG per image whose pixels are class numbers from 1, and `classes.csv` that names them; 0 is no class. */
export function* writeSemanticMasks(writing: Writing): Generator<OutFile> {
  yield classTable(writing.classes)
  const bits = writing.classes.length <= 255 ? 8 : 16
  for (const image of writing.images()) {
    const values = paintMasks(image, classNumber, MOST_VALUES, writing.problems)
    yield { path: maskPath(image), bytes: writePng(values, image, bits) }
  }
}

/** The same with a palette, so that any viewer shows the classes in colours; past the 255th they have none. */
export function* writePaletteMasks(writing: Writing): Generator<OutFile> {
  yield classTable(writing.classes)
  const colours = classColours(Math.min(MOST_COLOURS, writing.classes.length))
  for (const image of writing.images()) {
    const values = paintMasks(image, classNumber, MOST_COLOURS, writing.problems)
    yield { path: maskPath(image), bytes: writePalettePng(values, image, colours) }
  }
}

/** A 16-bit PNG per image whose pixels are the masks' numbers from 1, and `instances.csv` that gives their classes. */
export function* writeInstanceMasks(writing: Writing): Generator<OutFile> {
  yield { path: 'instances.csv', bytes: textParts(instanceRows(writing)) }
  for (const image of writing.images()) {
    const values = paintMasks(image, (_, index) => index + 1, MOST_VALUES, writing.problems)
    yield { path: maskPath(image), bytes: writePng(values, image, 16) }
  }
}

export function classTable(classes: readonly string[]): OutFile {
  const rows = classes.map((name, index) => csvLine([index + 1, name]))
  return textFile('classes.csv', csvLine(['value', 'class']) + rows.join(''))
}

export function* instanceRows({ classes, images }: Writing): Generator<string> {
  yield csvLine(['image', 'value', 'class'])
  for (const image of images()) {
    for (const [index, mark] of image.masks.slice(0, MOST_VALUES).entries()) {
      yield csvLine([image.name, index + 1, classes[mark.class] ?? ''])
    }
  }
}

function maskPath(image: DatasetImage): string {
  return `masks/${stemOf(image.name)}.png`
}

/** One number per pixel, `[height, width]` row-major; what gets lost by that is named. */
export function paintMasks(image: DatasetImage, numberOf: NumberOf, most: number, problems: Problems): Int32Array {
  const values = new Int32Array(image.width * image.height)
  const seen = new Set<number>()
  let painted = 0
  for (const [index, mark] of image.masks.entries()) {
    const value = numberOf(image, index)
    if (value > most) {
      problems.add(because`lost: masks past number ${most}`, { image: image.name })
      continue
    }
    if (seen.has(value)) problems.add(because`lost: which mask of a class a pixel belongs to`, { image: image.name })
    seen.add(value)
    painted += paintRle(values, value, mark.rle, [image.height, image.width])
  }
  const covered = values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0)
  if (covered < painted) problems.add(because`lost: the parts of masks under later ones`, { image: image.name })
  return values
}
