import type { Dataset, FormatFile, ReadDataset, ReadOptions, Written } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { baseName, safeFileName } from '../shape/names.ts'
import { Problems, reportLosses } from '../shape/problems.ts'

/** A folder per class with its images inside; the layout says everything, so there are no files but the images. */
export function writeImageFolder(dataset: Dataset): Written {
  const problems = new Problems()
  reportLosses(dataset, problems, ['answer'])
  for (const name of dataset.classes) {
    if (safeFileName(name) !== name) problems.add(`the class "${name}" becomes the folder "${safeFileName(name)}"`)
  }
  return {
    files: [],
    imagePaths: dataset.images.map(({ name, answer }) => {
      const className = answer ? dataset.classes[answer.class] : undefined
      return className === undefined ? name : `${safeFileName(className)}/${name}`
    }),
    problems: problems.list(),
  }
}

/** Looks at paths only. An image outside of any folder has no class. */
export function readImageFolder(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => /\.(png|jpe?g|webp|bmp|gif|tiff?|dcm|dicom)$/.test(path),
    ({ path }) => {
      const folder = path.split('/').at(-2)
      if (folder === undefined) return builder.problems.add('the image lies in no folder', { file: path })
      const image = builder.image(baseName(path), options.known ? null : { width: 1, height: 1 }, { file: path })
      if (image) builder.addAnswer(image, folder, { file: path })
    },
  )
  return builder.result()
}
