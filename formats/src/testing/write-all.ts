import type { FormatName, ImageType } from '@vesalius/contracts'
import { FORMATS } from '../formats.ts'
import type { Dataset, FormatFile, FormatProblem } from '../shape/dataset.ts'
import { writeDataset } from '../write-dataset.ts'

/** All files of a dataset, and where its images would lie. */
export function writeAll(
  format: FormatName,
  dataset: Dataset,
  imageType: ImageType,
): { files: FormatFile[]; imagePaths: string[]; problems: FormatProblem[] } {
  const source = { classes: dataset.classes, images: () => dataset.images }
  const { files, problems } = writeDataset(format, source, imageType)
  const written = [...files].map(({ path, bytes }) => ({
    path,
    bytes: bytes instanceof Uint8Array ? bytes : Buffer.concat([...bytes]),
  }))
  const imagePaths = dataset.images.map((image) => FORMATS[format].imagePath(image, dataset.classes))
  return { files: written, imagePaths, problems: problems.list() }
}
