import type { FormatName, ImageType } from '@vesalius/contracts'
import { FORMATS } from './formats.ts'
import type { DatasetImage, DatasetSource, OutFile } from './shape/dataset.ts'
import { splitFrames } from './shape/frames.ts'
import { Problems, reportLosses } from './shape/problems.ts'

export interface DatasetFiles {
  /** To be taken in order, each to its end before the next. */
  files: Iterable<OutFile>
  /** What the format has no place for; whole once all files are taken. */
  problems: Problems
}

/** The files of a dataset in a format, made as they are taken: only a picture at a time is held. */
export function writeDataset(format: FormatName, source: DatasetSource, imageType: ImageType): DatasetFiles {
  const { write, holds, holdsFrames } = FORMATS[format]
  const problems = new Problems()
  let isFirstWalk = true
  function* images(): Generator<DatasetImage> {
    const isReporting = isFirstWalk
    isFirstWalk = false
    for (const image of source.images()) {
      if (isReporting) reportLosses(image, problems, holds)
      if (holdsFrames) yield image
      else yield* splitFrames(image)
    }
  }
  return { files: write({ classes: source.classes, images, imageType, problems }), problems }
}
