import { gzipSync } from 'node:zlib'
import { because, frameOf, paintRle } from '@vesalius/contracts'
import { classTable, instanceRows } from '../png/write-png-masks.ts'
import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import type { Problems } from '../shape/problems.ts'
import { textParts } from '../text/text.ts'
import { affineOf } from './affine.ts'
import { writeNifti } from './nifti-file.ts'

const CELLS = 3004
const MOST_VALUES = 65_535

/**
 * A volume per picture, `[column, row, frame]`: class numbers from 1 and `classes.csv`, or of cells the masks' numbers
 * and `instances.csv`. Spacing and place are those the picture's file states, and unknown where it states none.
 */
export function* writeNiftiMasks(writing: Writing): Generator<OutFile> {
  const isByInstance = writing.imageType === CELLS
  yield isByInstance ? { path: 'instances.csv', bytes: textParts(instanceRows(writing)) } : classTable(writing.classes)
  for (const image of writing.images()) {
    const { width, height, frames = 1, geometry } = image
    const values = paintFrames(image, isByInstance, writing.problems)
    const affine = geometry ? affineOf(geometry) : null
    const spacingMm = geometry?.spacingMm ?? null
    const volume = writeNifti(values, [width, height, frames], { affine, spacingMm })
    yield { path: `masks/${stemOf(image.name)}.nii.gz`, bytes: gzipSync(volume) }
  }
}

/** `[frame, row, column]`, which is i fastest in the volume. */
function paintFrames(image: DatasetImage, isByInstance: boolean, problems: Problems): Uint8Array | Uint16Array {
  const { width, height, frames = 1, name } = image
  const area = width * height
  const most = image.masks.reduce((max, mark, index) => Math.max(max, isByInstance ? index + 1 : mark.class + 1), 0)
  const values = most > 255 ? new Uint16Array(area * frames) : new Uint8Array(area * frames)
  const seen = new Set<string>()
  const layer = new Int32Array(area)
  for (const [index, mark] of image.masks.entries()) {
    const value = isByInstance ? index + 1 : mark.class + 1
    if (value > MOST_VALUES) {
      problems.add(because`lost: masks past number ${MOST_VALUES}`, { image: name })
      continue
    }
    const start = frameOf(mark) * area
    const key = `${value} ${start}`
    if (seen.has(key)) problems.add(because`lost: which mask of a class a pixel belongs to`, { image: name })
    seen.add(key)
    layer.fill(0)
    paintRle(layer, 1, mark.rle, [height, width])
    let isOver = false
    for (let at = 0; at < area; at += 1) {
      if (layer[at] === 0) continue
      isOver ||= values[start + at] !== 0
      values[start + at] = value
    }
    if (isOver) problems.add(because`lost: the parts of masks under later ones`, { image: name })
  }
  return values
}
