import { because } from '@vesalius/contracts'
import type { DatasetImage, FormatFile, OutFile, ReadDataset, ReadOptions, Writing } from '../shape/dataset.ts'
import { DatasetBuilder } from '../shape/dataset-builder.ts'
import { baseName, safeFileName } from '../shape/names.ts'

/** A folder per class with its images inside; the layout says everything, so there are no files but the images. */
export function writeImageFolder({ classes, problems }: Pick<Writing, 'classes' | 'problems'>): OutFile[] {
  for (const name of classes) {
    if (safeFileName(name) !== name)
      problems.add(because`the class "${name}" becomes the folder "${safeFileName(name)}"`)
  }
  return []
}

/** An image without a class lies in no folder. */
export function folderPath({ name, answer }: DatasetImage, classes: readonly string[]): string {
  const className = answer ? classes[answer.class] : undefined
  return className === undefined ? name : `${safeFileName(className)}/${name}`
}

/** As Ultralytics' classification sets: a split, then the classes. Images without a class are left out of the split. */
export function splitFolderPath(image: DatasetImage, classes: readonly string[]): string {
  return image.answer ? `train/${folderPath(image, classes)}` : image.name
}

/** Looks at paths only. An image outside of any folder has no class. */
export function readImageFolder(files: readonly FormatFile[], options: ReadOptions = {}): ReadDataset {
  const builder = new DatasetBuilder(options)
  builder.eachFile(
    files,
    (path) => /\.(png|jpe?g|webp|bmp|gif|tiff?|dcm|dicom)$/.test(path),
    ({ path }) => {
      const folder = path.split('/').at(-2)
      if (folder === undefined) return builder.problems.add(because`the image lies in no folder`, { file: path })
      const image = builder.image(baseName(path), options.known ? null : { width: 1, height: 1 }, { file: path })
      if (image) builder.addAnswer(image, folder, { file: path })
    },
  )
  return builder.result()
}
