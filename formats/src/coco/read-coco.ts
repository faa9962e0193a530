import { because } from '@vesalius/contracts'
import { z } from 'zod'
import { countsToRle } from '../mask/runs.ts'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions, Where } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { firstIssue, readJson } from '../text/text.ts'

const Id = z.union([z.int(), z.string().max(200)])
const Size = z.int().positive().max(200_000)
const Coco = z.looseObject({
  images: z.array(z.looseObject({ id: Id, file_name: z.string().max(2000), width: Size, height: Size })).max(1_000_000),
  categories: z.array(z.looseObject({ id: Id, name: z.string() })).max(10_000),
  annotations: z.array(z.unknown()).max(2_000_000),
})
const MaskSize = z.tuple([Size, Size])
const Annotation = z.looseObject({
  image_id: Id,
  category_id: Id,
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  score: z.number().optional(),
  segmentation: z
    .union([
      z.array(z.array(z.number()).max(1_000_000)).max(100_000),
      z.looseObject({ size: MaskSize, counts: z.string().max(50_000_000) }),
      z.looseObject({ size: MaskSize, counts: z.array(z.int().min(0)).max(50_000_000) }),
    ])
    .nullish(),
  keypoints: z.unknown().optional(),
})
type Annotation = z.infer<typeof Annotation>

/** COCO's instances file: boxes, polygons, and both writings of run lengths. Source: cocodataset.org, data format. */
export function readCoco(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => path.endsWith('.json'),
    (file) => {
      const coco = readJson(file, Coco)
      const names = new Map(coco.categories.map(({ id, name }) => [id, name]))
      for (const name of names.values()) builder.class(name, { file: file.path })
      const images = new Map(
        coco.images.map((image) => [image.id, builder.image(image.file_name, image, { file: file.path })]),
      )
      for (const [index, value] of coco.annotations.entries()) {
        const where = { file: `${file.path}, annotations[${index}]` }
        const parsed = Annotation.safeParse(value)
        const image = parsed.success ? images.get(parsed.data.image_id) : undefined
        const name = parsed.success ? names.get(parsed.data.category_id) : undefined
        if (!parsed.success) builder.problems.add(firstIssue(parsed.error), where)
        else if (image === undefined) builder.problems.add(because`its image is not listed`, where)
        else if (name === undefined) builder.problems.add(because`its category is not listed`, where)
        else if (image) addAnnotation(builder, image, name, parsed.data, where, options)
      }
    },
  )
  return builder.result()
}

function addAnnotation(
  builder: DatasetBuilder,
  image: DatasetImage,
  name: string,
  { bbox, segmentation, score, keypoints }: Annotation,
  where: Where,
  { family }: ReadOptions,
) {
  if (keypoints !== undefined) builder.problems.add(because`lost: keypoints`, { ...where, image: image.name })
  const isOutline = segmentation && (!Array.isArray(segmentation) || segmentation.length > 0)
  if (bbox && (!isOutline || family === 'detection')) return builder.addBox(image, name, bbox, where, score)
  if (!isOutline)
    return builder.problems.add(because`it has neither a box nor an outline`, { ...where, image: image.name })
  if (Array.isArray(segmentation)) {
    const polygons = segmentation.map((ring) => [ring])
    return builder.addPolygons(image, name, polygons, where, score)
  }
  if (segmentation.size[0] !== image.height || segmentation.size[1] !== image.width) {
    return builder.problems.add(because`the mask has another size than the image`, { ...where, image: image.name })
  }
  try {
    const { counts, size } = segmentation
    builder.addMask(image, name, typeof counts === 'string' ? counts : countsToRle(counts, size), where, score)
  } catch (cause) {
    builder.problems.add(because`the mask is damaged: ${cause instanceof Error ? cause.message : ''}`, where)
  }
}
