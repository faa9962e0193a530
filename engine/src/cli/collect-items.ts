import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type ImageType, type LabelData, taskTypeOf } from '@vesalius/contracts'
import type { ClassItem, MarkedItem, TrainingItem } from '../runner/messages.ts'
import { listFolders, listPictures, type NamedFile } from './list-files.ts'
import { pairMasks } from './pair-masks.ts'
import { readClassList } from './read-class-list.ts'
import { readCoco } from './read-coco.ts'
import { readMaskImage } from './read-mask-image.ts'
import { familyNameOf } from './tasks.ts'
import { UsageError } from './usage-error.ts'

export interface Source {
  imageType: ImageType
  images: string
  masks?: string | undefined
  labels?: string | undefined
  /** Class names in their order; missing: from the data, or those of the task. */
  classes?: string[] | undefined
  /** A folder for label files made on the way. */
  scratch: string
}

export interface Collected<Item extends TrainingItem = TrainingItem> {
  classes: string[]
  items: Item[]
  /** Images without an annotation. */
  alone: string[]
}

/** Images of a folder with what is said about them. Throws UsageError. */
export async function collectItems(source: Source): Promise<Collected> {
  switch (familyNameOf(source.imageType)) {
    case 'classification':
      return source.labels ? fromClassList(source, source.labels) : fromClassFolders(source)
    case 'detection':
      return fromCoco(source)
    default:
      return fromMasks(source)
  }
}

async function fromClassFolders({ images, classes }: Source): Promise<Collected<ClassItem>> {
  const names = classes ?? (await listFolders(images))
  if (names.length < 2) throw new UsageError(`${images} has no folder for each class; or give --labels FILE`)
  const items: ClassItem[] = []
  for (const [value, name] of names.entries()) {
    for (const { file, stem } of await listPictures(join(images, name))) {
      items.push({ imageId: `${name}/${basename(file)}`, file, value, group: stem })
    }
  }
  return { classes: names, items, alone: [] }
}

async function fromClassList({ images, classes }: Source, list: string): Promise<Collected<ClassItem>> {
  const answers = await readClassList(list)
  const names = classes ?? [...new Set(answers.values())].sort()
  const { known, alone } = divide(await listPictures(images), (file) => answers.get(file))
  const items = known.map(({ picture, answer }) => {
    const value = names.indexOf(answer)
    if (value < 0) throw new UsageError(`the class "${answer}" of ${picture.file} is none of ${names.join(', ')}`)
    return { imageId: basename(picture.file), file: picture.file, value, group: picture.stem }
  })
  return { classes: names, items, alone }
}

async function fromCoco({ images, labels, scratch }: Source): Promise<Collected<MarkedItem>> {
  if (!labels) throw new UsageError('detection needs --labels FILE, boxes as COCO JSON')
  const coco = await readCoco(labels)
  const { known, alone } = divide(await listPictures(images), (file) => coco.labels.get(file))
  const items = await Promise.all(known.map(({ picture, answer }) => markedItem(scratch, picture, answer)))
  return { classes: coco.classes, items, alone }
}

async function fromMasks({ imageType, images, masks, classes, scratch }: Source): Promise<Collected<MarkedItem>> {
  if (!masks) throw new UsageError('segmentation needs --masks DIR, a mask picture for each image')
  const names = classes ?? [...taskTypeOf(imageType).defaultClasses]
  const { pairs, alone } = pairMasks(await listPictures(images), await listPictures(masks))
  const items: MarkedItem[] = []
  for (const { image, mask } of pairs) {
    const label = await readMaskImage(mask.file, { classes: names, hasInstances: imageType === 3004 })
    items.push(await markedItem(scratch, image, label))
  }
  return { classes: names, items, alone: alone.map(({ file }) => basename(file)) }
}

function divide<Answer>(pictures: readonly NamedFile[], find: (name: string) => Answer | undefined) {
  const known: { picture: NamedFile; answer: Answer }[] = []
  const alone: string[] = []
  for (const picture of pictures) {
    const answer = find(basename(picture.file))
    if (answer === undefined) alone.push(basename(picture.file))
    else known.push({ picture, answer })
  }
  if (known.length === 0) throw new UsageError('the labels speak of none of the images')
  return { known, alone }
}

async function markedItem(scratch: string, { stem, file }: NamedFile, label: LabelData): Promise<MarkedItem> {
  await mkdir(scratch, { recursive: true })
  const labelFile = join(scratch, `${stem}.json`)
  await writeFile(labelFile, JSON.stringify(label))
  return { imageId: basename(file), file, labelFile, group: stem }
}
