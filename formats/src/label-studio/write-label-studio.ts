import { decodeRle } from '@vesalius/contracts'
import type { Dataset, DatasetImage, Written } from '../shape/dataset.ts'
import { Problems, reportLosses } from '../shape/problems.ts'
import { jsonFile } from '../text/text.ts'
import { writeBrush } from './brush.ts'

/** Label Studio's tasks with one annotation each; places are in percent of the image. */
export function writeLabelStudio(dataset: Dataset): Written {
  const problems = new Problems()
  reportLosses(dataset, problems, ['answer', 'boxes', 'masks', 'scores'])
  const tasks = dataset.images.map((image, index) => ({
    id: index + 1,
    data: { image: image.name },
    annotations: [{ id: index + 1, was_cancelled: false, result: writeResults(image, dataset) }],
    predictions: [],
  }))
  return {
    files: [jsonFile('tasks.json', tasks)],
    imagePaths: dataset.images.map((image) => `images/${image.name}`),
    problems: problems.list(),
  }
}

function writeResults(image: DatasetImage, { classes }: Dataset): object[] {
  const { width, height, answer } = image
  let count = 0
  const result = (type: string, value: object, score?: number) => {
    count += 1
    const size = { original_width: width, original_height: height, image_rotation: 0 }
    const names = { id: `r${count}`, from_name: type === 'choices' ? 'choice' : 'label', to_name: 'image' }
    return { ...names, type, ...size, value, ...(score === undefined ? {} : { score }) }
  }
  const name = (index: number) => [classes[index] ?? '']
  return [
    ...(answer ? [result('choices', { choices: name(answer.class) })] : []),
    ...image.boxes.map(({ class: index, box: [x, y, w, h], score }) => {
      const place = {
        x: (x / width) * 100,
        y: (y / height) * 100,
        width: (w / width) * 100,
        height: (h / height) * 100,
      }
      return result('rectanglelabels', { ...place, rotation: 0, rectanglelabels: name(index) }, score)
    }),
    ...image.masks.map(({ class: index, rle, score }) => {
      const packed = writeBrush(decodeRle(rle, [height, width]))
      return result('brushlabels', { format: 'rle', rle: packed, brushlabels: name(index) }, score)
    }),
  ]
}
