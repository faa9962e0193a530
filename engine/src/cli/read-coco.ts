import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { BoundingBox, type DetectionLabelData } from '@vesalius/contracts'
import { z } from 'zod'
import { UsageError } from './usage-error.ts'

/** The parts of COCO's instances file that detection needs. */
const Coco = z.object({
  images: z.array(z.object({ id: z.union([z.number(), z.string()]), file_name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: z.union([z.number(), z.string()]),
      category_id: z.number(),
      bbox: z.array(z.number()).length(4),
      iscrowd: z.number().optional(),
    }),
  ),
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
})

/**
 * Boxes of a COCO file by file name, classes in the order of their ids; an image without any is one without objects.
 * Crowd regions and boxes without area are left out. Throws UsageError.
 */
export async function readCoco(file: string): Promise<{ classes: string[]; labels: Map<string, DetectionLabelData> }> {
  const parsed = Coco.safeParse(await readJson(file))
  if (!parsed.success) throw new UsageError(`${file} is no COCO file: ${z.prettifyError(parsed.error).split('\n')[0]}`)
  const { images, annotations, categories } = parsed.data
  const sorted = categories.toSorted((a, b) => a.id - b.id)
  const classes = sorted.map(({ name }) => name)
  const places = new Map(sorted.map(({ id }, place) => [id, place]))
  const labels = new Map(images.map(({ id }) => [id, { key: classes, boxes: [] as DetectionLabelData['boxes'] }]))
  for (const { image_id, category_id, bbox, iscrowd } of annotations) {
    const box = BoundingBox.safeParse(bbox)
    const label = labels.get(image_id)
    const place = places.get(category_id)
    if (iscrowd || !box.success || !label || place === undefined) continue
    label.boxes.push({ id: String(label.boxes.length + 1), box: box.data, class: place })
  }
  const byName = images.map(({ id, file_name }) => [basename(file_name), labels.get(id)] as const)
  return { classes, labels: new Map(byName.flatMap(([name, label]) => (label ? [[name, label]] : []))) }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`cannot read ${file} as JSON`, { cause })
  }
}
