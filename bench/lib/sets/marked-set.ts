import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ImageType } from '@vesalius/contracts'
import { dataFolder } from '../class-folders.ts'

/** An image with what a person marked on it. */
export interface MarkedImage {
  name: string
  file: string
  /** Holds the data of the label file. */
  labelFile: string
}

export interface MarkedSet<Image extends MarkedImage = MarkedImage> {
  taskType: ImageType
  classes: string[]
  /** Writes the label files of a part into `folder`. */
  images(part: 'train' | 'val' | 'test', folder: string): Promise<Image[]>
}

/** The folder of a set; ends the bench with a word where it is missing. */
export function requireSet(name: string): string {
  const folder = join(dataFolder, name)
  if (!existsSync(folder)) {
    console.log(`skipped: no ${name} in ${dataFolder}; set VESALIUS_BENCH_DATA to the folder that holds it`)
    process.exit(0)
  }
  return folder
}

/** As a training takes them; every image is a group of its own. */
export function trainingItems(images: readonly MarkedImage[]) {
  return images.map(({ name, file, labelFile }) => ({ imageId: name, file, labelFile, group: name }))
}
