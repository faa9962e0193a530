import { decodeCounts, rleArea, rleBounds } from '@vesalius/contracts'
import { traceMask } from '../mask/trace.ts'
import type { DatasetImage, MaskMark, OutFile, Writing } from '../shape/dataset.ts'
import { textParts } from '../text/text.ts'

export interface CocoOptions {
  /** `polygon`: outlines wherever a mask has no holes; others are compressed run lengths. */
  masks?: 'polygon' | 'compressed' | 'counts'
}

/** COCO's instances file. Images and categories are numbered from 1. */
export function* writeCoco(writing: Writing, { masks = 'compressed' }: CocoOptions = {}): Generator<OutFile> {
  yield { path: 'annotations/instances_default.json', bytes: textParts(writeFile(writing, masks)) }
}

function* writeFile({ classes, images }: Writing, masks: NonNullable<CocoOptions['masks']>): Generator<string> {
  yield '{"info":{"description":"","version":"1.0"},"licenses":[],\n"categories":'
  yield JSON.stringify(classes.map((name, index) => ({ id: index + 1, name, supercategory: '' })))
  yield ',\n"images":['
  let imageId = 0
  for (const { name, width, height } of images()) {
    imageId += 1
    yield `${imageId > 1 ? ',\n' : ''}${JSON.stringify({ id: imageId, file_name: name, width, height })}`
  }
  yield '],\n"annotations":['
  imageId = 0
  let id = 0
  for (const image of images()) {
    imageId += 1
    for (const mark of [...image.boxes, ...image.masks]) {
      id += 1
      const { score } = mark
      const place = 'box' in mark ? describeBox(mark.box) : describeMask(mark, image, masks)
      const ids = { id, image_id: imageId, category_id: mark.class + 1 }
      const annotation = { ...ids, ...place, iscrowd: 0, ...(score === undefined ? {} : { score }) }
      yield `${id > 1 ? ',\n' : ''}${JSON.stringify(annotation)}`
    }
  }
  yield ']}\n'
}

function describeBox(box: readonly [number, number, number, number]): object {
  return { bbox: box, area: box[2] * box[3], segmentation: [] }
}

function describeMask({ rle }: MaskMark, { width, height }: DatasetImage, kind: CocoOptions['masks']): object {
  const size = [height, width] as const
  const { left, top, right, bottom } = rleBounds(rle, size) ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const polygons = kind === 'polygon' ? traceMask(rle, size) : []
  const isWithoutHoles = polygons.length > 0 && polygons.every((rings) => rings.length === 1)
  const counts = kind === 'counts' ? decodeCounts(rle, height * width) : rle
  return {
    bbox: [left, top, right - left, bottom - top],
    area: rleArea(rle, size),
    segmentation: isWithoutHoles ? polygons.flat() : { size, counts },
  }
}
