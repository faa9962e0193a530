import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DetectionLabelData } from '@vesalius/contracts'
import { type MarkedImage, type MarkedSet, requireSet } from './marked-set.ts'

export interface BoxedImage extends MarkedImage {
  boxes: DetectionLabelData['boxes']
}

export const CLASSES = ['RBC', 'WBC', 'Platelets']

/** Blood cells in boxes. */
export const bccd: MarkedSet<BoxedImage> = {
  taskType: 2000,
  classes: CLASSES,
  async images(part, folder) {
    const data = requireSet('bccd')
    const names = readFileSync(join(data, 'splits', `${part}.txt`), 'utf8')
      .split(/\s+/)
      .filter(Boolean)
    return names.map((name) => {
      const boxes = readVoc(readFileSync(join(data, 'annotations', `${name}.xml`), 'utf8'))
      const labelFile = join(folder, `${name}.json`)
      writeFileSync(labelFile, JSON.stringify({ key: CLASSES, boxes } satisfies DetectionLabelData))
      return { name, file: join(data, 'images', `${name}.jpg`), labelFile, boxes }
    })
  },
}

/** Boxes of a Pascal VOC file; a few of the set have no width or no height and are left out. */
export function readVoc(xml: string): DetectionLabelData['boxes'] {
  return [...xml.matchAll(/<object>.*?<\/object>/gs)].flatMap(([object], index) => {
    const text = (tag: string) => object.match(new RegExp(`<${tag}>(.*?)</${tag}>`))?.[1] ?? ''
    const [left = 0, top = 0, right = 0, bottom = 0] = ['xmin', 'ymin', 'xmax', 'ymax'].map((tag) => Number(text(tag)))
    if (right <= left || bottom <= top) return []
    return [{ id: `b${index}`, box: [left, top, right - left, bottom - top], class: CLASSES.indexOf(text('name')) }]
  })
}
