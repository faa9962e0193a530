import { because, RleError } from '@vesalius/contracts'
import { z } from 'zod'
import { ellipseRing } from '../mask/ellipse.ts'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions, Where } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { baseName } from '../shape/names.ts'
import { firstIssue, readJson } from '../text/text.ts'
import { readBrush } from './brush.ts'

const Side = z.int().positive().max(200_000)
const Tasks = z
  .array(
    z.looseObject({
      data: z.record(z.string(), z.unknown()),
      annotations: z
        .array(z.looseObject({ was_cancelled: z.boolean().optional(), result: z.array(z.unknown()).max(100_000) }))
        .max(1000)
        .optional(),
      predictions: z
        .array(z.looseObject({ result: z.array(z.unknown()).max(100_000), score: z.number().nullish() }))
        .max(1000)
        .optional(),
    }),
  )
  .max(1_000_000)
const Names = z.array(z.string()).max(1000).optional()
const Place = z.number().optional()
const Result = z.looseObject({
  type: z.string(),
  original_width: Side.optional(),
  original_height: Side.optional(),
  image_rotation: z.number().optional(),
  score: z.number().nullish(),
  value: z.looseObject({
    x: Place,
    y: Place,
    width: Place,
    height: Place,
    rotation: Place,
    radiusX: Place,
    radiusY: Place,
    points: z
      .array(z.tuple([z.number(), z.number()]))
      .max(1_000_000)
      .optional(),
    rle: z.array(z.int().min(0).max(255)).max(100_000_000).optional(),
    choices: Names,
    rectanglelabels: Names,
    polygonlabels: Names,
    brushlabels: Names,
    ellipselabels: Names,
  }),
})
type Result = z.infer<typeof Result>

/** Label Studio's JSON export; of several annotations of a task the first that was not skipped counts. */
export function readLabelStudio(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  const known = options.known && new Set(options.known.map((image) => image.original ?? image.name))
  builder.eachFile(
    files,
    (path) => path.endsWith('.json'),
    (file) => {
      for (const [index, task] of readJson(file, Tasks).entries()) {
        const where = { file: `${file.path}, [${index}]` }
        const source = [task.data.image, ...Object.values(task.data)].find((value) => typeof value === 'string')
        if (typeof source === 'string') addTask(builder, imageName(source, known), task, where, options)
        else builder.problems.add(because`the task names no image`, where)
      }
    },
  )
  return builder.result()
}

/** The name behind a URL or path; uploads to Label Studio carry eight letters and a dash before it. */
function imageName(source: string, known: ReadonlySet<string> | undefined): string {
  const path = source.replace(/[?#].*$/, '')
  const name = baseName(/^[a-z]+:\/\//i.test(path) || path.includes('%') ? decode(path) : path)
  return known?.has(name) !== false ? name : name.replace(/^[0-9a-f]{8}-/, '')
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function addTask(
  builder: DatasetBuilder,
  name: string,
  { annotations = [], predictions = [] }: z.infer<typeof Tasks>[number],
  where: Where,
  options: ReadOptions,
): void {
  const place = { ...where, image: name }
  const answers = annotations.filter((annotation) => !annotation.was_cancelled)
  const isOfGuesses = options.content === 'guesses'
  const [first, ...others]: { result: unknown[]; score?: number | null | undefined }[] = isOfGuesses
    ? predictions
    : answers
  if (others.length > 0) {
    builder.problems.add(
      isOfGuesses ? because`lost: all predictions but the first` : because`lost: all annotations but the first`,
      place,
    )
  }
  if (isOfGuesses ? answers.length > 0 : predictions.length > 0) {
    builder.problems.add(isOfGuesses ? because`not taken: annotations` : because`not taken: predictions`, place)
  }
  const parsed = (first?.result ?? []).map((result) => Result.safeParse(result))
  const sized = parsed.find((result) => result.success && result.data.original_width && result.data.original_height)
  const { original_width: width = 0, original_height: height = 0 } = sized?.data ?? {}
  const image = builder.image(name, width > 0 ? { width, height } : null, where)
  if (!image) return
  for (const [index, result] of parsed.entries()) {
    const at = { file: `${where.file}.result[${index}]` }
    if (!result.success) builder.problems.add(firstIssue(result.error), at)
    else addResult(builder, image, { ...result.data, score: result.data.score ?? first?.score }, at, options)
  }
}

function addResult(
  builder: DatasetBuilder,
  image: DatasetImage,
  result: Result,
  where: Where,
  { family }: ReadOptions,
) {
  const { value, type } = result
  const score = result.score ?? undefined
  const place = { ...where, image: image.name }
  const names =
    value.choices ?? value.rectanglelabels ?? value.polygonlabels ?? value.brushlabels ?? value.ellipselabels
  const [name = ''] = names ?? []
  if ((names?.length ?? 0) > 1) builder.problems.add(because`lost: all labels but the first`, place)
  if ((result.image_rotation ?? 0) % 360 !== 0)
    return builder.problems.add(because`the image is turned, which is not read`, place)
  const [x, y] = [((value.x ?? Number.NaN) * image.width) / 100, ((value.y ?? Number.NaN) * image.height) / 100]
  switch (type) {
    case 'choices':
      return builder.addAnswer(image, name, where)
    case 'rectanglelabels': {
      if ((value.rotation ?? 0) !== 0) return builder.problems.add(because`a turned box is not read`, place)
      const width = ((value.width ?? 0) * image.width) / 100
      const height = ((value.height ?? 0) * image.height) / 100
      if (family !== 'segmentation') return builder.addBox(image, name, [x, y, width, height], where, score)
      const ring = [x, y, x + width, y, x + width, y + height, x, y + height]
      return builder.addPolygons(image, name, [[ring]], where, score)
    }
    case 'polygonlabels': {
      const ring = (value.points ?? []).flatMap(([px, py]) => [(px * image.width) / 100, (py * image.height) / 100])
      return builder.addPolygons(image, name, [[ring]], where, score)
    }
    case 'ellipselabels': {
      builder.problems.add(because`the ellipse became a polygon`, place)
      const radiusX = ((value.radiusX ?? 0) * image.width) / 100
      const radiusY = ((value.radiusY ?? 0) * image.height) / 100
      return builder.addPolygons(image, name, [[ellipseRing(x, y, radiusX, radiusY, value.rotation)]], where, score)
    }
    case 'brushlabels':
      try {
        return builder.addMask(image, name, readBrush(value.rle ?? [], [image.height, image.width]), where, score)
      } catch (cause) {
        if (!(cause instanceof RleError)) throw cause
        return builder.problems.add(because`the mask is damaged: ${cause.message}`, place)
      }
    default:
      return builder.problems.add(because`a result of type "${type}" is not read`, place)
  }
}
