import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import { textFile, textParts } from '../text/text.ts'
import { escapeXml } from '../text/xml.ts'

/** Pascal VOC's XML, a file per image. Corners are written as places between pixels, from 0, as most tools do today. */
export function* writeVoc({ classes, images }: Writing): Generator<OutFile> {
  for (const image of images()) yield textFile(`Annotations/${stemOf(image.name)}.xml`, writeImage(image, classes))
  yield textFile('labelmap.txt', `# label:color_rgb:parts:actions\n${classes.map((name) => `${name}:::\n`).join('')}`)
  yield { path: 'ImageSets/Main/default.txt', bytes: textParts(listStems(images())) }
}

function* listStems(images: Iterable<DatasetImage>): Generator<string> {
  for (const image of images) yield `${stemOf(image.name)}\n`
}

function writeImage({ name, width, height, boxes }: DatasetImage, classes: readonly string[]): string {
  const objects = boxes.map(({ class: index, box: [x, y, w, h] }) => {
    const corners = { xmin: x, ymin: y, xmax: x + w, ymax: y + h }
    const bounds = Object.entries(corners).map(([corner, value]) => `<${corner}>${value}</${corner}>`)
    const flags = '<pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult>'
    return `<object><name>${escapeXml(classes[index] ?? '')}</name>${flags}<bndbox>${bounds.join('')}</bndbox></object>\n`
  })
  const size = `<size><width>${width}</width><height>${height}</height><depth>3</depth></size>`
  const file = `<folder>JPEGImages</folder><filename>${escapeXml(name)}</filename>`
  return `<annotation>\n${file}\n${size}\n<segmented>0</segmented>\n${objects.join('')}</annotation>\n`
}
