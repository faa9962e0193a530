import { because, RleError } from '@vesalius/contracts'
import { ellipseRing } from '../mask/ellipse.ts'
import { windowToRle } from '../mask/runs.ts'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { FormatError } from '../shape/problems.ts'
import { readText } from '../text/text.ts'
import { childOf, childrenOf, parseXml, type XmlElement } from '../text/xml.ts'
import { readRowCounts } from './row-counts.ts'

/** "CVAT for images 1.1", of a task or a project. Source: docs.cvat.ai, XML annotation format. */
export function readCvat(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => path.endsWith('.xml'),
    (file) => {
      const root = parseXml(readText(file))
      if (root.name !== 'annotations') throw new FormatError(because`the file is no CVAT annotation`)
      if (childOf(root, 'track')) builder.problems.add(because`tracks of videos are not read`, { file: file.path })
      const meta = childOf(root, 'meta')
      for (const task of [childOf(meta, 'task'), childOf(meta, 'job'), childOf(meta, 'project')]) {
        for (const label of childrenOf(childOf(task, 'labels'), 'label')) {
          builder.class(childOf(label, 'name')?.text.trim() ?? '', { file: file.path, line: label.line })
        }
      }
      for (const element of childrenOf(root, 'image')) {
        const where = { file: file.path, line: element.line }
        const size = { width: numberOf(element, 'width'), height: numberOf(element, 'height') }
        const image = builder.image(element.attributes.get('name') ?? '', size, where)
        if (image) for (const shape of element.children) addShape(builder, image, shape, file.path, options)
      }
    },
  )
  return builder.result()
}

function addShape(
  builder: DatasetBuilder,
  image: DatasetImage,
  shape: XmlElement,
  file: string,
  { family }: ReadOptions,
): void {
  const where = { file, line: shape.line, image: image.name }
  const label = shape.attributes.get('label') ?? ''
  const score = readAttributes(builder, shape, where)
  switch (shape.name) {
    case 'tag':
      builder.addAnswer(image, label, where)
      break
    case 'box': {
      const [left, top] = [numberOf(shape, 'xtl'), numberOf(shape, 'ytl')]
      const [right, bottom] = [numberOf(shape, 'xbr'), numberOf(shape, 'ybr')]
      if (numberOf(shape, 'rotation', 0) !== 0) builder.problems.add(because`a turned box is not read`, where)
      else if (family === 'segmentation') {
        builder.addPolygons(image, label, [[[left, top, right, top, right, bottom, left, bottom]]], where, score)
      } else builder.addBox(image, label, [left, top, right - left, bottom - top], where, score)
      break
    }
    case 'polygon': {
      const points = (shape.attributes.get('points') ?? '').split(/[;,]/).map(Number)
      builder.addPolygons(image, label, [[points]], where, score)
      break
    }
    case 'ellipse': {
      builder.problems.add(because`the ellipse became a polygon`, where)
      const [x, y, radiusX, radiusY] = ['cx', 'cy', 'rx', 'ry'].map((name) => numberOf(shape, name))
      const ring = ellipseRing(x ?? 0, y ?? 0, radiusX ?? 0, radiusY ?? 0, numberOf(shape, 'rotation', 0))
      builder.addPolygons(image, label, [[ring]], where, score)
      break
    }
    case 'mask':
      addMask(builder, image, shape, where, score)
      break
    default:
      builder.problems.add(because`a shape of kind "${shape.name}" is not read`, where)
  }
}

function addMask(
  builder: DatasetBuilder,
  image: DatasetImage,
  shape: XmlElement,
  where: { file: string; line: number; image: string },
  score: number | undefined,
): void {
  const [left = 0, top = 0, width = 0, height = 0] = ['left', 'top', 'width', 'height'].map((name) =>
    numberOf(shape, name),
  )
  const counts = (shape.attributes.get('rle') ?? '').split(',').map((text) => Number(text.trim() || Number.NaN))
  try {
    const window = readRowCounts(counts, { left, top, right: left + width, bottom: top + height })
    builder.addMask(
      image,
      shape.attributes.get('label') ?? '',
      windowToRle(window, [image.height, image.width]),
      where,
      score,
    )
  } catch (cause) {
    if (!(cause instanceof RleError)) throw cause
    builder.problems.add(because`the mask is damaged: ${cause.message}`, where)
  }
}

/** The score among a shape's attributes; all others are named as lost. */
function readAttributes(
  builder: DatasetBuilder,
  shape: XmlElement,
  where: { file: string; line: number; image: string },
): number | undefined {
  let score: number | undefined
  for (const attribute of childrenOf(shape, 'attribute')) {
    const [name, text] = [attribute.attributes.get('name'), attribute.text.trim()]
    if (name === 'score' && text !== '') score = Number(text)
    else if (text !== '') builder.problems.add(because`lost: the attribute "${name}"`, where)
  }
  if (shape.attributes.get('occluded') === '1') builder.problems.add(because`lost: occluded`, where)
  return score
}

function numberOf(element: XmlElement, name: string, absent = Number.NaN): number {
  const text = element.attributes.get(name)?.trim()
  return text ? Number(text) : absent
}
