import { because } from '@vesalius/contracts'
import type { DatasetImage, FormatFile, ReadDataset, ReadOptions } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { baseName, stemOf } from '../shape/names.ts'
import { readText } from '../text/text.ts'
import { readClassNames } from './data-yaml.ts'

const NOT_LABELS = [
  'classes.txt',
  'readme.txt',
  'train.txt',
  'val.txt',
  'test.txt',
  'requirements.txt',
  'export-report.txt',
]

/** YOLO detection and segmentation; sizes come from the known images, names from `data.yaml` or `classes.txt`. */
export function readYolo(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  let classes = [...(options.classes ?? [])]
  const named = files.filter(({ path }) => /\.ya?ml$/i.test(path) || baseName(path).toLowerCase() === 'classes.txt')
  if (named.length > 0) {
    builder.eachFile(
      named,
      () => true,
      (file) => {
        const text = readText(file)
        classes = /\.ya?ml$/i.test(file.path) ? readClassNames(text) : text.split(/\r?\n/).filter((line) => line.trim())
      },
    )
  }
  for (const name of classes) builder.class(name, {})
  builder.eachFile(
    files,
    (path) => path.endsWith('.txt') && !NOT_LABELS.includes(baseName(path)),
    (file) => {
      const image = builder.imageByStem(stemOf(file.path), null, { file: file.path })
      if (!image) return
      readText(file)
        .split(/\r?\n/)
        .forEach((text, index) => {
          if (text.trim() !== '') readLine(builder, image, text, classes, { file: file.path, line: index + 1 })
        })
    },
  )
  return builder.result()
}

function readLine(
  builder: DatasetBuilder,
  image: DatasetImage,
  text: string,
  classes: readonly string[],
  where: { file: string; line: number },
) {
  const [index = Number.NaN, ...values] = text.trim().split(/\s+/, 2_000_001).map(Number)
  if (!Number.isInteger(index) || values.some((value) => !Number.isFinite(value))) {
    return builder.problems.add(because`the line holds something other than numbers`, where)
  }
  const name = classes[index]
  if (name === undefined) return builder.problems.add(because`class ${index} has no name`, where)
  const { width, height } = image
  if (values.length === 4 || values.length === 5) {
    const [cx = 0, cy = 0, w = 0, h = 0, score] = values
    const box = [(cx - w / 2) * width, (cy - h / 2) * height, w * width, h * height]
    return builder.addBox(image, name, box, where, score)
  }
  if (values.length < 6 || values.length % 2 === 1) {
    return builder.problems.add(because`the line is neither a box nor an outline`, where)
  }
  builder.addPolygons(image, name, [[values.map((value, at) => value * (at % 2 === 0 ? width : height))]], where)
}
