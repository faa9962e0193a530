import { because, taskTypeOf } from '@vesalius/contracts'
import { joinRings, traceMask } from '../mask/trace.ts'
import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import type { Problems } from '../shape/problems.ts'
import { textFile } from '../text/text.ts'

/** YOLO's text files: a line for each box (`class cx cy w h [score]`) or outline, in parts of the image's size. */
export function* writeYolo({ classes, images, imageType, problems }: Writing): Generator<OutFile> {
  const names = classes.map((name, index) => `  ${index}: ${JSON.stringify(name)}\n`).join('')
  yield textFile('data.yaml', `path: .\ntrain: images/train\nval: images/train\nnames:\n${names}`)
  const isWithMasks = taskTypeOf(imageType).family === 'segmentation'
  for (const image of images()) {
    yield textFile(`labels/train/${stemOf(image.name)}.txt`, writeLines(image, problems, isWithMasks))
  }
}

function writeLines(image: DatasetImage, problems: Problems, isWithMasks: boolean): string {
  const { width, height, name } = image
  const boxes = image.boxes.map(({ class: index, box: [x, y, w, h], score }) => {
    const values = [(x + w / 2) / width, (y + h / 2) / height, w / width, h / height]
    return [index, ...values, ...(score === undefined || isWithMasks ? [] : [score])]
  })
  if (isWithMasks && [...image.boxes, ...image.masks].some((mark) => mark.score !== undefined)) {
    problems.add(because`lost: scores`, { image: name })
  }
  const masks = image.masks.map((mark) => {
    const polygons = traceMask(mark.rle, [height, width])
    if (polygons.flat().length > 1) {
      problems.add(because`holes and parts of a mask are joined by lines without width`, { image: name })
    }
    return [mark.class, ...joinRings(polygons).map((value, at) => value / (at % 2 === 0 ? width : height))]
  })
  return [...boxes, ...masks].map((values) => `${values.join(' ')}\n`).join('')
}
