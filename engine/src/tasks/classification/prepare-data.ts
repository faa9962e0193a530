import { join } from 'node:path'
import type { AugmentationPolicy } from '../../data/augmentation.ts'
import { chooseAugmentation } from '../../data/choose-augmentation.ts'
import type { PixelFormat } from '../../data/decode-image.ts'
import { measureLabelSymmetry } from '../../data/label-symmetry.ts'
import { measurePictures } from '../../data/picture-statistics.ts'
import type { PixelStore } from '../../data/pixel-store.ts'
import { readPictures } from '../../data/read-pictures.ts'
import { splitByGroup } from '../../data/split.ts'
import type { ClassItem, TrainingRequest } from '../../runner/messages.ts'
import type { PictureSet } from './batches.ts'
import { requireLearnable } from './check-request.ts'

/** The pictures of a run, decoded, divided and measured. */
export interface PreparedData {
  pictures: PictureSet
  /** Positions of the request's items. */
  training: number[]
  validation: number[]
  policy: AugmentationPolicy
  skipped: { imageId: string; reason: string }[]
}

/** Statistics need no more pictures than this. */
const MEASURED = 2000

/**
 * Reads the items of a request in the format given. Unreadable images are left out and named.
 * Throws TrainingError NOT_ENOUGH_ANNOTATIONS when what is left teaches nothing.
 */
export async function prepareData(
  { classes, directory }: TrainingRequest,
  items: readonly ClassItem[],
  format: PixelFormat,
  onRead: (done: number) => void,
): Promise<PreparedData> {
  const values = items.map((item) => item.value)
  requireLearnable(classes, values)
  const files = items.map((item) => item.file)
  const { store, readable, unreadable } = await readPictures(files, format, join(directory, 'pixels.bin'), onRead)
  requireLearnable(
    classes,
    readable.map((index) => values[index] ?? 0),
  )

  const split = splitByGroup(
    readable.map((index) => ({ value: values[index] ?? 0, group: items[index]?.group ?? String(index) })),
  )
  const positions = (side: number[]) => side.map((place) => readable[place] ?? 0)
  const training = positions(split.training)
  const stride = Math.max(1, Math.ceil(training.length / MEASURED))
  const measured = training.filter((_, index) => index % stride === 0)
  const { normalisation, isUpright } = measurePictures(
    readEach(store, measured, (pixels) => pixels),
    format,
  )
  const symmetry = measureLabelSymmetry(
    readEach(store, measured, (pixels, index) => ({ pixels, value: values[index] ?? 0 })),
    format,
  )
  return {
    pictures: { store, format, normalisation, values, classCount: classes.length },
    training,
    validation: positions(split.validation),
    policy: chooseAugmentation(isUpright, symmetry),
    skipped: unreadable.map(({ index, reason }) => ({ imageId: items[index]?.imageId ?? String(index), reason })),
  }
}

/** One picture at a time: the store may hand out the same buffer again. */
function* readEach<Result>(
  store: PixelStore,
  positions: readonly number[],
  shape: (pixels: Uint8Array, position: number) => Result,
): Generator<Result> {
  for (const position of positions) yield shape(store.read(position), position)
}
