import { because } from '@vesalius/contracts'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { stemOf } from '../shape/names.ts'
import { FormatError } from '../shape/problems.ts'
import { readText } from '../text/text.ts'
import { childOf, childrenOf, parseXml, type XmlElement } from '../text/xml.ts'

export interface VocOptions extends ReadOptions {
  /** `pixels`: corners are pixels counted from 1, both inside the box, as in the challenge's own files. */
  corners?: 'edges' | 'pixels'
}

export function readVoc(files: readonly FormatFile[], options: VocOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => path.endsWith('.xml'),
    (file) => {
      const root = parseXml(readText(file))
      if (root.name !== 'annotation') throw new FormatError(because`the file is no Pascal VOC annotation`)
      const sizes = childOf(root, 'size')
      const size = sizes ? { width: numberIn(sizes, 'width'), height: numberIn(sizes, 'height') } : null
      const name = childOf(root, 'filename')?.text.trim() || stemOf(file.path)
      const image = builder.image(name, size && size.width > 0 ? size : null, { file: file.path })
      if (!image) return
      for (const object of childrenOf(root, 'object')) addObject(builder, image, object, file.path, options)
    },
  )
  return builder.result()
}

function addObject(
  builder: DatasetBuilder,
  image: DatasetImage,
  object: XmlElement,
  file: string,
  { corners = 'edges' }: VocOptions,
) {
  const where = { file, line: object.line }
  const bounds = childOf(object, 'bndbox')
  if (!bounds) return builder.problems.add(because`the object has no box`, { ...where, image: image.name })
  for (const flag of ['truncated', 'difficult', 'occluded']) {
    if (childOf(object, flag)?.text.trim() === '1')
      builder.problems.add(because`lost: ${flag}`, { ...where, image: image.name })
  }
  for (const part of ['part', 'polygon', 'mask']) {
    if (childOf(object, part)) builder.problems.add(because`lost: ${part}`, { ...where, image: image.name })
  }
  const first = corners === 'pixels' ? 1 : 0
  const [left, top] = [numberIn(bounds, 'xmin') - first, numberIn(bounds, 'ymin') - first]
  const box = [left, top, numberIn(bounds, 'xmax') - left, numberIn(bounds, 'ymax') - top]
  builder.addBox(image, childOf(object, 'name')?.text.trim() ?? '', box, where)
}

function numberIn(parent: XmlElement, name: string): number {
  const text = childOf(parent, name)?.text.trim()
  return text ? Number(text) : Number.NaN
}
