import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { chosenClass, type ImageType, writeClassAnswer } from '@vesalius/contracts'
import { dataFolder, readClassFolders } from '../class-folders.ts'
import type { UploadFile } from '../client.ts'
import { bccd } from './bccd.ts'
import type { MarkedImage, MarkedSet } from './marked-set.ts'
import { drive, nuclei } from './masks.ts'

/** An image with its annotation as a label file holds it. */
export interface LoopImage {
  /** What it belongs to, so that a split keeps it together: cells of one smear. */
  group: string | null
  bytes(): UploadFile
  data(): unknown
}

/** A data set as a person brings it: some images annotated, others to be guessed. */
export interface LoopSet {
  taskType: ImageType
  classes: string[]
  train: LoopImage[]
  test: LoopImage[]
}

const MARKED: Record<string, MarkedSet<MarkedImage>> = { bccd, nuclei, drive }
const CLASSED: Record<string, ImageType> = { pneumoniamnist: 1001, rbc12: 1003 }
const GROUPS: Record<string, (image: string) => string> = { rbc12: (image) => image.split('_')[0] ?? image }

export const LOOP_SETS = [...Object.keys(CLASSED), ...Object.keys(MARKED)]

/** Opens a set by its folder's name. Throws when there is none of that name. */
export async function openLoopSet(name: string): Promise<LoopSet> {
  const marked = MARKED[name]
  if (marked) return openMarked(marked)
  const taskType = CLASSED[name]
  if (!taskType) throw new Error(`unknown set "${name}": ${LOOP_SETS.join(', ')}`)
  const { classes, files } = readClassFolders(join(dataFolder, name, 'train'))
  const images = (some: typeof files): LoopImage[] =>
    some.map(({ name: image, file, value }) => ({
      group: GROUPS[name]?.(image) ?? null,
      bytes: () => read(file),
      data: () => writeClassAnswer(taskType, classes, chosenClass(classes.length, value)),
    }))
  const test = readClassFolders(join(dataFolder, name, 'test'), classes)
  return { taskType, classes, train: images(files), test: images(test.files) }
}

async function openMarked({ taskType, classes, images }: MarkedSet<MarkedImage>): Promise<LoopSet> {
  const folder = mkdtempSync(join(tmpdir(), 'vesalius-labels-'))
  const open = async (part: 'train' | 'test'): Promise<LoopImage[]> =>
    (await images(part, folder)).map(({ file, labelFile }) => ({
      group: null,
      bytes: () => read(file),
      data: () => JSON.parse(readFileSync(labelFile, 'utf8')),
    }))
  return { taskType, classes, train: await open('train'), test: await open('test') }
}

const read = (file: string): UploadFile => ({ name: basename(file), bytes: readFileSync(file) })
