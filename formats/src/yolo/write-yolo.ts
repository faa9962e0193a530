import { joinRings, traceMask } from '../mask/trace.ts'
import type { Dataset, DatasetImage, Written } from '../shape/dataset.ts'
import { stemOf } from '../shape/names.ts'
import { Problems, reportLosses } from '../shape/problems.ts'
import { textFile } from '../text/text.ts'

/** YOLO's text files: a line for each box (`class cx cy w h [score]`) or outline, in parts of the image's size. */
export function writeYolo(dataset: Dataset): Written {
  const problems = new Problems()
  const isWithMasks = dataset.images.some((image) => image.masks.length > 0)
  reportLosses(dataset, problems, isWithMasks ? ['boxes', 'masks'] : ['boxes', 'scores'])
  const names = dataset.classes.map((name, index) => `  ${index}: ${JSON.stringify(name)}\n`).join('')
  const yaml = textFile('data.yaml', `path: .\ntrain: images/train\nval: images/train\nnames:\n${names}`)
  const labels = dataset.images.map((image) =>
    textFile(`labels/train/${stemOf(image.name)}.txt`, writeLines(image, problems, isWithMasks)),
  )
  return {
    files: [yaml, ...labels],
    imagePaths: dataset.images.map((image) => `images/train/${image.name}`),
    problems: problems.list(),
  }
}

function writeLines(image: DatasetImage, problems: Problems, isWithMasks: boolean): string {
  const { width, height, name } = image
  const boxes = image.boxes.map(({ class: index, box: [x, y, w, h], score }) => {
    const values = [(x + w / 2) / width, (y + h / 2) / height, w / width, h / height]
    return [index, ...values, ...(score === undefined || isWithMasks ? [] : [score])]
  })
  const masks = image.masks.map((mark) => {
    const polygons = traceMask(mark.rle, [height, width])
    if (polygons.flat().length > 1) {
      problems.add('holes and parts of a mask are joined by lines without width', { image: name })
    }
    return [mark.class, ...joinRings(polygons).map((value, at) => value / (at % 2 === 0 ? width : height))]
  })
  return [...boxes, ...masks].map((values) => `${values.join(' ')}\n`).join('')
}
