import { decodeRle } from '@vesalius/contracts'
import type { DatasetImage, OutFile, Writing } from '../shape/dataset.ts'
import { textParts } from '../text/text.ts'
import { writeBrush } from './brush.ts'

/** Label Studio's tasks: an annotation each, or a prediction where a model made it; places in percent of the image. */
export function* writeLabelStudio(writing: Writing): Generator<OutFile> {
  yield { path: 'tasks.json', bytes: textParts(writeTasks(writing)) }
}

function* writeTasks({ classes, images }: Writing): Generator<string> {
  yield '['
  let id = 0
  for (const image of images()) {
    id += 1
    const result = writeResults(image, classes)
    const task = {
      id,
      data: { image: image.name },
      annotations: image.isGuess ? [] : [{ id, was_cancelled: false, result }],
      predictions: image.isGuess ? [{ id, model_version: 'vesalius', result }] : [],
    }
    yield `${id > 1 ? ',\n' : ''}${JSON.stringify(task)}`
  }
  yield ']\n'
}

function writeResults(image: DatasetImage, classes: readonly string[]): object[] {
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
