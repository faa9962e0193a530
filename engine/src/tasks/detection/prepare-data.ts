import { join } from 'node:path'
import {
  decodeImage,
  decodePicture,
  type PixelFormat,
  readImageHeader,
  UnreadableImageError,
} from '../../data/decode-image.ts'
import { measurePictures } from '../../data/picture-statistics.ts'
import { splitByGroup } from '../../data/split.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { MarkedItem, TrainingRequest } from '../../runner/messages.ts'
import type { PictureSet } from './batches.ts'
import { chooseScale } from './choose-scale.ts'
import { cutMarks } from './cut-marks.ts'
import type { HeldOutImage } from './evaluate.ts'
import { type Size, seenScale, seenSize } from './find-boxes.ts'
import { clipBox, type Mark, scaleBox } from './mark.ts'
import { openPieceStore, type PieceStore } from './piece-store.ts'
import { readMarks, UnreadableLabelError } from './read-marks.ts'
import { cutTile, planTiles } from './tiles.ts'
import type { Parent } from './warm-start.ts'

/** An item that could be read, before its pixels were: size and marks in pixels of the original. */
export interface MarkedPicture {
  index: number
  width: number
  height: number
  marks: Mark[]
}

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
  skipped: { imageId: string; reason: string }[]
  close(): void
}

/** Pictures are learnt from in pieces of at most this many pixels a side. */
const PIECE = 1024
const PIECE_OVERLAP = 256
const THUMBNAIL = 32
const MARK_SIZE = 16
const MEASURED = 300

/** Reads labels and headers. Items that cannot be read are named in `skipped`. */
export async function readItems(items: readonly MarkedItem[], classes: readonly string[]) {
  const readable: MarkedPicture[] = []
  const skipped: PreparedData['skipped'] = []
  for (const [index, { imageId, file, labelFile }] of items.entries()) {
    try {
      const { width, height } = await readImageHeader(file)
      const marks = (await readMarks(labelFile, classes)).flatMap(({ box, class: place }) => {
        const clipped = clipBox(box, width, height)
        return clipped ? [{ box: clipped, class: place }] : []
      })
      readable.push({ index, width, height, marks })
    } catch (error) {
      skipped.push({ imageId, reason: reasonOf(error) })
    }
  }
  return { readable, skipped }
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
  requireMarks(readable)
  const scale = parent?.card.scale ?? chooseScale(readable)
  const split = splitByGroup(
    readable.map(({ index, marks }) => ({ value: rarestClass(marks, readable), group: items[index]?.group ?? '' })),
  )
  const sideOf = (positions: number[]) => positions.flatMap((place) => readable[place] ?? [])
  const training = sideOf(split.training)
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
    const normalisation = parent?.card ?? (await measure(training, items, channels))
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

interface Piece {
  width: number
  height: number
  marks: Mark[]
}

function storePieces(
  store: PieceStore,
  pixels: Uint8Array,
  picture: MarkedPicture,
  { scale, channels }: { scale: number; channels: 1 | 3 },
): Piece[] {
  const { width, height } = seenSize(picture, scale)
  const seen = seenScale(picture, scale)
  const tiles = planTiles(width, height, PIECE, PIECE_OVERLAP)
  return tiles.map((tile) => {
    store.add(tiles.length === 1 ? pixels : cutTile(pixels, width, channels, tile))
    const marks = picture.marks.flatMap(({ box, class: place }) => {
      const scaled = scaleBox(box, seen)
      const clipped = clipBox(
        [scaled[0] - tile.left, scaled[1] - tile.top, scaled[2], scaled[3]],
        tile.width,
        tile.height,
      )
      return clipped ? [{ box: clipped, class: place }] : []
    })
    return { width: tile.width, height: tile.height, marks }
  })
}

function pictureSet(
  store: PieceStore,
  pieces: readonly Piece[],
  rest: Pick<PictureSet, 'channels' | 'classCount' | 'normalisation'>,
): PictureSet {
  const pieceAt = (position: number) => {
    const piece = pieces[position]
    if (!piece) throw new RangeError(`there is no picture ${position}`)
    return piece
  }
  return {
    ...rest,
    count: pieces.length,
    marksAt: (position) => pieceAt(position).marks,
    read: (position) => ({ ...pieceAt(position), pixels: store.read(position) }),
  }
}

/** Brightness of the pictures, from thumbnails. */
async function measure(pictures: readonly MarkedPicture[], items: readonly MarkedItem[], channels: 1 | 3) {
  const format: PixelFormat = { size: THUMBNAIL, channels }
  const stride = Math.max(1, Math.ceil(pictures.length / MEASURED))
  const thumbnails: Uint8Array[] = []
  for (const [place, { index }] of pictures.entries()) {
    if (place % stride !== 0) continue
    const pixels = await decodeImage(items[index]?.file ?? '', format).catch(() => null)
    if (pixels) thumbnails.push(pixels)
  }
  return measurePictures(thumbnails, format).normalisation
}

/**
 * Whether what is marked has a way up. It is asked of the objects and not of the pictures: a microscope's light falls
 * from one side and says nothing about cells.
 */
function haveMarksWayUp({ count, read, channels }: PictureSet): boolean {
  const stride = Math.max(1, Math.ceil(count / MEASURED))
  const cuts: Uint8Array[] = []
  for (let position = 0; position < count; position += stride) {
    cuts.push(...cutMarks(read(position), MARK_SIZE, channels))
  }
  return measurePictures(cuts, { size: MARK_SIZE, channels }).isUpright
}

/** The class of a picture that fewest pictures have, so that each class gets pictures on both sides; −1: no marks. */
function rarestClass(marks: readonly Mark[], pictures: readonly MarkedPicture[]): number {
  const places = [...new Set(marks.map((mark) => mark.class))]
  const holders = (place: number) =>
    pictures.filter((picture) => picture.marks.some((mark) => mark.class === place)).length
  return places.sort((a, b) => holders(a) - holders(b))[0] ?? -1
}

/** Longer side that nearly all marks keep to, in pixels of the original. */
function largestBox(pictures: readonly MarkedPicture[]): number {
  const sides = pictures.flatMap(({ marks }) => marks.map(({ box }) => Math.max(box[2], box[3]))).sort((a, b) => a - b)
  return sides[Math.floor(sides.length * 0.98)] ?? 1
}

function requireMarks(pictures: readonly MarkedPicture[]): void {
  if (!pictures.some(({ marks }) => marks.length > 0)) throw nothingMarked()
}

function nothingMarked(): TrainingError {
  return new TrainingError('NOT_ENOUGH_ANNOTATIONS', 'mark objects in at least one readable image before training')
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableImageError || error instanceof UnreadableLabelError) return error.message
  throw error
}
