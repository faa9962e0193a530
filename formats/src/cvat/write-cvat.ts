import { cutWindow } from '../mask/runs.ts'
import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { textParts } from '../text/text.ts'
import { escapeXml } from '../text/xml.ts'
import { writeRowCounts } from './row-counts.ts'

/** "CVAT for images 1.1": boxes, masks, and classes as tags; a score is an attribute of that name. */
export function* writeCvat(writing: Writing): Generator<OutFile> {
  yield { path: 'annotations.xml', bytes: textParts(writeFile(writing)) }
}

const SCORE =
  '<attribute><name>score</name><mutable>False</mutable><input_type>text</input_type>' +
  '<default_value></default_value><values></values></attribute>'

function* writeFile({ classes, images }: Writing): Generator<string> {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n<meta><task><mode>annotation</mode><labels>'
  for (const name of classes) {
    yield `<label><name>${escapeXml(name)}</name><type>any</type><attributes>${SCORE}</attributes></label>\n`
  }
  yield '</labels></task></meta>\n'
  let id = 0
  for (const image of images()) {
    yield writeImage(image, id, classes)
    id += 1
  }
  yield '</annotations>\n'
}

function writeImage(image: DatasetImage, id: number, classes: readonly string[]): string {
  const { width, height, name, answer } = image
  const label = (index: number) => `label="${escapeXml(classes[index] ?? '')}" source="manual"`
  const close = (tag: string, score: number | undefined) =>
    score === undefined ? '/>\n' : `><attribute name="score">${score}</attribute></${tag}>\n`
  const tags = answer ? [`<tag ${label(answer.class)}/>\n`] : []
  const boxes = image.boxes.map(({ class: index, box: [x, y, w, h], score }) => {
    const corners = `xtl="${x}" ytl="${y}" xbr="${x + w}" ybr="${y + h}"`
    return `<box ${label(index)} occluded="0" ${corners} z_order="0"${close('box', score)}`
  })
  const masks = image.masks.map(({ class: index, rle, score }) => {
    const window = cutWindow(rle, [height, width])
    if (!window) return ''
    const { left, top, right, bottom } = window
    const place = `left="${left}" top="${top}" width="${right - left}" height="${bottom - top}"`
    const counts = writeRowCounts(window).join(', ')
    return `<mask ${label(index)} occluded="0" rle="${counts}" ${place} z_order="0"${close('mask', score)}`
  })
  const open = `<image id="${id}" name="${escapeXml(name)}" width="${width}" height="${height}">\n`
  return `${open}${[...tags, ...boxes, ...masks].join('')}</image>\n`
}
