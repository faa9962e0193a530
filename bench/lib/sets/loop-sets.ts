import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ImageType } from '@vesalius/contracts'
import { dataFolder, readClassFolders } from '../class-folders.ts'
import type { UploadFile } from '../client.ts'
import { bccd } from './bccd.ts'
import type { MarkedImage, MarkedSet } from './marked-set.ts'
import { drive, nuclei } from './masks.ts'

/** A data set as a person uploads it: with its annotations, and without. */
export interface LoopSet {
  taskType: ImageType
  classes: string[]
  annotated: (() => UploadFile)[]
  plain: (() => UploadFile)[]
}

const MARKED: Record<string, MarkedSet<MarkedImage>> = { bccd, nuclei, drive }
const CLASSED: Record<string, ImageType> = { pneumoniamnist: 1001, rbc12: 1003 }

/** Opens a set by its folder's name. Throws when there is none of that name. */
export async function openLoopSet(name: string): Promise<LoopSet> {
  const marked = MARKED[name]
  if (marked) {
    const folder = mkdtempSync(join(tmpdir(), 'vesalius-labels-'))
    const { taskType, classes } = marked
    const train = await marked.images('train', folder)
    const test = await marked.images('test', folder)
    return {
      ...{ taskType, classes },
      annotated: train.map((image) => () => ({
        ...readFile(image.file),
        data: JSON.parse(readFileSync(image.labelFile, 'utf8')),
      })),
      plain: test.map(
        ({ file }) =>
          () =>
            readFile(file),
      ),
    }
  }
  const taskType = CLASSED[name]
  if (!taskType)
    throw new Error(`unknown set "${name}": ${[...Object.keys(MARKED), ...Object.keys(CLASSED)].join(', ')}`)
  const train = readClassFolders(join(dataFolder, name, 'train'))
  const test = readClassFolders(join(dataFolder, name, 'test'), train.classes)
  return {
    ...{ taskType, classes: train.classes },
    annotated: train.files.map(({ file, value }) => () => ({ ...readFile(file), value })),
    plain: test.files.map(
      ({ file }) =>
        () =>
          readFile(file),
    ),
  }
}

const readFile = (file: string): UploadFile => ({ name: basename(file), bytes: readFileSync(file) })
