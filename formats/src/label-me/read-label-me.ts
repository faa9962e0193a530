import { because } from '@vesalius/contracts'
import { z } from 'zod'
import { ellipseRing } from '../mask/ellipse.ts'
import type { Polygon } from '../mask/rasterise.ts'
import { windowToRle } from '../mask/runs.ts'
import { readPng } from '../png/read-png.ts'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions, Where } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { FormatError } from '../shape/problems.ts'
import { readJson } from '../text/text.ts'

const Side = z.int().positive().max(200_000)
const Shape = z.looseObject({
  label: z.string(),
  points: z.array(z.tuple([z.number(), z.number()])).max(1_000_000),
  group_id: z.int().nullish(),
  shape_type: z.string().optional(),
  mask: z.string().nullish(),
})
type Shape = z.infer<typeof Shape>
const LabelMe = z.looseObject({
  flags: z.record(z.string(), z.unknown()).nullish(),
  shapes: z.array(Shape).max(100_000),
  imagePath: z.string().max(4000),
  imageHeight: Side,
  imageWidth: Side,
})

/** LabelMe's JSON; polygons of one class and group are parts of one mask. */
export function readLabelMe(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => path.endsWith('.json'),
    (file) => {
      const { flags, shapes, imagePath, imageHeight, imageWidth } = readJson(file, LabelMe)
      const where = { file: file.path }
      const image = builder.image(imagePath, { width: imageWidth, height: imageHeight }, where)
      if (!image) return
      for (const [name, value] of Object.entries(flags ?? {})) if (value === true) builder.addAnswer(image, name, where)
      const groups = new Map<string, { label: string; polygons: Polygon[] }>()
      shapes.forEach((shape, index) => {
        const place = { file: `${file.path}, shapes[${index}]` }
        const polygon = outline(builder, shape, place)
        if (shape.shape_type === 'rectangle') addRectangle(builder, image, shape, place, options)
        else if (shape.shape_type === 'mask') addWindow(builder, image, shape, place)
        else if (polygon) {
          const key = shape.group_id === null || shape.group_id === undefined ? `alone ${index}` : `${shape.group_id}`
          const group = groups.get(`${key} ${shape.label}`) ?? { label: shape.label, polygons: [] }
          group.polygons.push(polygon)
          groups.set(`${key} ${shape.label}`, group)
        }
      })
      for (const { label, polygons } of groups.values()) builder.addPolygons(image, label, polygons, where)
    },
  )
  return builder.result()
}

function outline(
  builder: DatasetBuilder,
  { shape_type: kind = 'polygon', points }: Shape,
  where: Where,
): Polygon | null {
  if (kind === 'polygon') return [points.flat()]
  if (kind === 'circle' && points.length === 2) {
    const [[x, y] = [0, 0], [edgeX, edgeY] = [0, 0]] = points
    const radius = Math.hypot(edgeX - x, edgeY - y)
    builder.problems.add(because`the circle became a polygon`, where)
    return [ellipseRing(x, y, radius, radius)]
  }
  if (kind !== 'rectangle' && kind !== 'mask')
    builder.problems.add(because`a shape of kind "${kind}" is not read`, where)
  return null
}

function addRectangle(
  builder: DatasetBuilder,
  image: DatasetImage,
  { label, points }: Shape,
  where: Where,
  { family }: ReadOptions,
) {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  if (points.length < 2 || points.length > 4)
    return builder.problems.add(because`the rectangle has no two corners`, where)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [right, bottom] = [Math.max(...xs), Math.max(...ys)]
  if (family === 'segmentation') {
    return builder.addPolygons(image, label, [[[left, top, right, top, right, bottom, left, bottom]]], where)
  }
  builder.addBox(image, label, [left, top, right - left, bottom - top], where)
}

function addWindow(builder: DatasetBuilder, image: DatasetImage, { label, points, mask }: Shape, where: Where) {
  const [[left, top] = [0, 0]] = points
  try {
    const { values, width, height } = readPng(Buffer.from(mask ?? '', 'base64'))
    const [x, y] = [Math.round(left), Math.round(top)]
    const data = Uint8Array.from(values, (value) => (value === 0 ? 0 : 1))
    const rle = windowToRle({ left: x, top: y, right: x + width, bottom: y + height, data }, [
      image.height,
      image.width,
    ])
    builder.addMask(image, label, rle, where)
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause
    builder.problems.add(cause.reason, where)
  }
}
