import { join } from 'node:path'
import { decodePicture } from '../../data/decode-image.ts'
import { splitByGroup } from '../../data/split.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { MarkedItem, TrainingRequest } from '../../runner/messages.ts'
import type { PictureSet } from './batches.ts'
import { chooseScale } from './choose-scale.ts'
import type { HeldOutImage } from './evaluate.ts'
import { type Size, seenSize } from './find-boxes.ts'
import type { Mark } from './mark.ts'
import { haveMarksWayUp, measureBrightness } from './measure-pictures.ts'
import { openPieceStore } from './piece-store.ts'
import { pictureSet, storePieces } from './pieces.ts'
import { largestBox, type MarkedPicture, rarestClasses, readItems, reasonOf, type SkippedItem } from './read-items.ts'
import type { Parent } from './warm-start.ts'

export interface PreparedData {
  pictures: PictureSet
  /** Positions of pieces to learn from. */
  training: number[]
  heldOut: HeldOutImage[]
  trainingImages: number
  scale: number
  /** Of the pictures as the network sees them. */
  seenSizes: Size[]
  /** Longer side of nearly all boxes as the network sees them, in pixels. */
  largestBox: number
  /** By the item's index, in pixels of the original. */
  marks: ReadonlyMap<number, readonly Mark[]>
  isUpright: boolean
  skipped: SkippedItem[]
  close(): void
}

/**
 * Decodes what there is to learn from, in pieces, at the parent's scale or at one chosen from the marks.
 * Throws TrainingError NOT_ENOUGH_ANNOTATIONS when nothing is marked.
 */
export async function prepareData(
  { classes, directory }: TrainingRequest,
  items: readonly MarkedItem[],
  { channels, parent }: { channels: 1 | 3; parent: Parent | null },
  onRead: (done: number) => void,
): Promise<PreparedData> {
  const { readable, skipped } = await readItems(items, classes)
  if (!readable.some(({ marks }) => marks.length > 0)) throw nothingMarked()
  const scale = parent?.card.scale ?? chooseScale(readable)
  const values = rarestClasses(readable)
  const split = splitByGroup(
    readable.map(({ index }, place) => ({ value: values[place] ?? -1, group: items[index]?.group ?? '' })),
  )
  const sideOf = (positions: number[]) => positions.flatMap((place) => readable[place] ?? [])
  const training = sideOf(split.training)
  const filesOf = (side: MarkedPicture[]) => side.map(({ index }) => items[index]?.file ?? '')
  const store = openPieceStore(join(directory, 'pixels.bin'))
  try {
    let done = 0
    /** What `keep` makes of each picture that can be decoded. */
    const decodeEach = async <Kept>(
      side: MarkedPicture[],
      keep: (picture: MarkedPicture, pixels: Uint8Array) => Kept,
    ) => {
      const kept: Kept[] = []
      for (const picture of side) {
        const { imageId = '', file = '' } = items[picture.index] ?? {}
        try {
          kept.push(keep(picture, await decodePicture(file, { ...seenSize(picture, scale), channels })))
        } catch (error) {
          skipped.push({ imageId, reason: reasonOf(error) })
        }
        done += 1
        onRead(done)
      }
      return kept
    }
    const learnt = await decodeEach(training, (picture, pixels) =>
      storePieces(store, pixels, picture, { scale, channels }),
    )
    const pieces = learnt.flat()
    const heldOut = await decodeEach(sideOf(split.validation), ({ width, height, marks }, pixels): HeldOutImage => {
      const position = store.add(pixels)
      return { width, height, marks, read: () => store.read(position) }
    })
    if (!pieces.some(({ marks }) => marks.length > 0)) throw nothingMarked()
    const normalisation = parent?.card ?? (await measureBrightness(filesOf(training), channels))
    const { mean, deviation } = normalisation
    const rest = { channels, classCount: classes.length, normalisation: { mean, deviation } }
    const pictures = pictureSet(store, pieces, rest)
    return {
      pictures,
      training: pieces.map((_, position) => position),
      heldOut,
      trainingImages: learnt.length,
      scale,
      seenSizes: readable.map((picture) => seenSize(picture, scale)),
      largestBox: largestBox(readable) * scale,
      marks: new Map(readable.map(({ index, marks }) => [index, marks])),
      isUpright: haveMarksWayUp(pictures),
      skipped,
      close: () => store.close(),
    }
  } catch (error) {
    store.close()
    throw error
  }
}

function nothingMarked(): TrainingError {
  return new TrainingError('NOT_ENOUGH_ANNOTATIONS', 'mark objects in at least one readable image before training')
}
