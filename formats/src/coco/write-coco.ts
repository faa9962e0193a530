import { decodeCounts, rleArea, rleBounds } from '@vesalius/contracts'
import { traceMask } from '../mask/trace.ts'
import type { Dataset, DatasetImage, MaskMark, Written } from '../shape/dataset.ts'
import { Problems, reportLosses } from '../shape/problems.ts'
import { jsonFile } from '../text/text.ts'

export interface CocoOptions {
  /** `polygon`: outlines wherever a mask has no holes; others are compressed run lengths. */
  masks?: 'polygon' | 'compressed' | 'counts'
}

/** COCO's instances file. Images and categories are numbered from 1. */
export function writeCoco(dataset: Dataset, { masks = 'compressed' }: CocoOptions = {}): Written {
  const problems = new Problems()
  reportLosses(dataset, problems, ['boxes', 'masks', 'scores'])
  const annotations: object[] = []
  dataset.images.forEach((image, index) => {
    const add = (mark: { class: number; score?: number }, rest: object) => {
      const { score } = mark
      const ids = { id: annotations.length + 1, image_id: index + 1, category_id: mark.class + 1 }
      annotations.push({ ...ids, ...rest, iscrowd: 0, ...(score === undefined ? {} : { score }) })
    }
    for (const mark of image.boxes) add(mark, { bbox: mark.box, area: mark.box[2] * mark.box[3], segmentation: [] })
    for (const mark of image.masks) add(mark, describeMask(mark, image, masks))
  })
  const coco = {
    info: { description: '', version: '1.0' },
    licenses: [],
    images: dataset.images.map(({ name, width, height }, index) => ({ id: index + 1, file_name: name, width, height })),
    annotations,
    categories: dataset.classes.map((name, index) => ({ id: index + 1, name, supercategory: '' })),
  }
  return {
    files: [jsonFile('annotations/instances.json', coco)],
    imagePaths: dataset.images.map((image) => `images/${image.name}`),
    problems: problems.list(),
  }
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
