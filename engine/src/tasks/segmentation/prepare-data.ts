import { join } from 'node:path'
import { decodeImage, decodePicture, type PixelFormat } from '../../data/decode-image.ts'
import { balanceKinds, findKinds } from '../../data/kinds.ts'
import { measurePictures } from '../../data/picture-statistics.ts'
import { createRandom } from '../../data/random.ts'
import { splitByGroup } from '../../data/split.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { MarkedItem, TrainingRequest } from '../../runner/messages.ts'
import { openPieceStore, type PieceStore } from '../detection/piece-store.ts'
import { cutTile, planTiles } from '../detection/tiles.ts'
import type { PieceSet, RegionPlace } from './batches.ts'
import { chooseScale } from './choose-scale.ts'
import type { HeldOutPicture } from './evaluate.ts'
import { mapCount, type SegmenterSpec } from './network-spec.ts'
import { type MaskedPicture, readItems, reasonOf, type SkippedItem } from './read-items.ts'
import { type PaintedLabel, paintLabel, resizeLabel } from './read-masks.ts'
import { type SeenPicture, type Size, seenSize } from './seen-picture.ts'
import { boxesOf, encodeTargets } from './targets.ts'
import { type Levels, measureLevels } from './tone.ts'

export interface PreparedData {
  pieces: PieceSet
  heldOut: HeldOutPicture[]
  trainingImages: number
  scale: number
  seenSizes: Size[]
  /** Pixels that the network sees of nearly every instance, at least; 1 where there are no instances. */
  smallestArea: number
  isUpright: boolean
  skipped: SkippedItem[]
  close(): void
}

/** Pictures are learnt from in pieces of at most this many pixels a side. */
const PIECE = 1024
const PIECE_OVERLAP = 256
/** Places remembered of each class in one piece. */
const PLACES = 200
const THUMBNAIL = 32
const MEASURED = 300

/** A piece without its bytes. */
interface Piece extends Size {
  levels: Levels
  weight: number
}

/** What of the pictures is kept while they are read one after the other. */
interface Collected {
  store: PieceStore
  pieces: Map<number, Piece>
  regions: RegionPlace[][]
  areas: number[]
}

/**
 * Decodes what there is to learn from, in pieces, at the scale given or at one chosen from the regions.
 * Throws TrainingError NOT_ENOUGH_ANNOTATIONS when no region is left to learn from.
 */
export async function prepareData(
  { classes, directory }: Pick<TrainingRequest, 'classes' | 'directory'>,
  items: readonly MarkedItem[],
  { spec, scale: wished }: { spec: SegmenterSpec; scale: number | null },
  onRead: (done: number) => void,
): Promise<PreparedData> {
  const { pictures, skipped } = await readItems(items, classes, spec)
  const thicknesses = pictures.flatMap((picture) => picture.thicknesses)
  const longSides = pictures.map(({ width, height }) => Math.max(width, height))
  const scale = wished ?? chooseScale(thicknesses, longSides)
  const split = splitByGroup(
    pictures.map(({ index, masks }) => ({ value: rarestClass(masks, pictures), group: items[index]?.group ?? '' })),
  )
  const sideOf = (positions: number[]) => positions.flatMap((place) => pictures[place] ?? [])
  const store = openPieceStore(join(directory, 'pixels.bin'))
  const collected: Collected = { store, pieces: new Map(), regions: aims(classes, spec), areas: [] }
  try {
    let done = 0
    const readEach = async (side: MaskedPicture[], keep: (read: ReadPicture) => void) => {
      let kept = 0
      for (const picture of side) {
        const { imageId = '', file = '' } = items[picture.index] ?? {}
        try {
          keep(await readPicture(file, picture, spec, scale))
          kept += 1
        } catch (error) {
          skipped.push({ imageId, reason: reasonOf(error) })
        }
        done += 1
        onRead(done)
      }
      return kept
    }
    const training = sideOf(split.training)
    const trainingImages = await readEach(training, (read) => storePieces(collected, read))
    const heldOut: HeldOutPicture[] = []
    await readEach(sideOf(split.validation), (read) => heldOut.push(storeHeldOut(store, read, 1 / scale)))
    if (collected.regions.every((places) => places.length === 0)) {
      throw new TrainingError('NOT_ENOUGH_ANNOTATIONS', 'mark regions in more readable images before training')
    }
    return {
      pieces: pieceSet(collected, spec),
      heldOut,
      trainingImages,
      scale,
      seenSizes: pictures.map((picture) => seenSize(picture, scale)),
      smallestArea: smallestArea(collected.areas),
      isUpright: await isUpright(training, items, spec.channels),
      skipped,
      close: () => store.close(),
    }
  } catch (error) {
    store.close()
    throw error
  }
}

interface ReadPicture {
  picture: SeenPicture
  label: PaintedLabel
}

async function readPicture(
  file: string,
  { width, height, masks }: MaskedPicture,
  spec: SegmenterSpec,
  scale: number,
): Promise<ReadPicture> {
  const size = seenSize({ width, height }, scale)
  const pixels = await decodePicture(file, { ...size, channels: spec.channels })
  const label = resizeLabel(paintLabel(masks, { width, height }, spec), size)
  return { picture: { ...size, pixels, channels: spec.channels }, label }
}

function storePieces({ store, pieces, regions, areas }: Collected, { picture, label }: ReadPicture): void {
  const { pixels, width, height, channels } = picture
  const targets = encodeTargets(label)
  const maps = targets.length / (width * height)
  const levels = measureLevels(picture)
  const tiles = planTiles(width, height, PIECE, PIECE_OVERLAP)
  if (label.instances) for (const { area } of boxesOf(label.instances, width).values()) areas.push(area)
  for (const tile of tiles) {
    const planes = Array.from({ length: maps }, (_, map) =>
      cutTile(targets.subarray(map * width * height, (map + 1) * width * height), width, 1, tile),
    )
    const position = store.add(joinBytes([cutTile(pixels, width, channels, tile), ...planes]))
    // Larger pictures show more, but not so much more that small ones are never seen.
    const weight = Math.sqrt(tile.width * tile.height) / tiles.length
    pieces.set(position, { width: tile.width, height: tile.height, levels, weight })
    regions.forEach((places, place) => {
      // Beyond the classes come the contacts, which are the last map.
      const plane = place < label.regions.length ? planes[place] : planes.at(-1)
      if (plane) places.push(...samplePlaces(plane, tile.width, position))
    })
  }
}

/** Lists of places worth looking at, empty yet: one for each class, and one for where instances touch. */
function aims(classes: readonly string[], { hasInstances }: SegmenterSpec): RegionPlace[][] {
  return Array.from({ length: classes.length + (hasInstances ? 1 : 0) }, () => [])
}

/** Some of the places where a plane is not 0. */
function samplePlaces(plane: Uint8Array, width: number, piece: number): RegionPlace[] {
  const marked = plane.reduce((count, value) => count + (value === 0 ? 0 : 1), 0)
  const random = createRandom(piece, marked)
  const stride = Math.max(1, marked / PLACES)
  const places: RegionPlace[] = []
  let wanted = random() * stride
  let seen = 0
  plane.forEach((value, at) => {
    if (value === 0) return
    if (seen >= wanted) {
      places.push({ piece, x: at % width, y: Math.floor(at / width) })
      wanted += stride
    }
    seen += 1
  })
  return places
}

function storeHeldOut(store: PieceStore, { picture, label }: ReadPicture, pixelSize: number): HeldOutPicture {
  const { pixels, width, height, channels } = picture
  const { regions, instances } = label
  const position = store.add(joinBytes([pixels, ...regions]))
  const area = width * height
  return {
    width,
    height,
    pixelSize,
    read: () => {
      const bytes = store.read(position).slice()
      const starts = regions.map((_, place) => area * (channels + place))
      return {
        picture: { width, height, channels, pixels: bytes.subarray(0, area * channels) },
        label: { width, height, instances, regions: starts.map((start) => bytes.subarray(start, start + area)) },
      }
    },
  }
}

function pieceSet({ store, pieces, regions }: Collected, spec: SegmenterSpec): PieceSet {
  const known = [...pieces.values()]
  const balance = balanceKinds(findKinds(known.map(({ levels }) => [...levels.low, ...levels.high])))
  return {
    count: known.length,
    channels: spec.channels,
    maps: mapCount(spec),
    weights: known.map(({ weight }, at) => weight * (balance[at] ?? 1)),
    regions,
    read: (position) => {
      const piece = pieces.get(position)
      if (!piece) throw new RangeError(`there is no piece ${position}`)
      const bytes = store.read(position)
      const split = piece.width * piece.height * spec.channels
      return { ...piece, pixels: bytes.subarray(0, split), targets: bytes.subarray(split) }
    },
  }
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let start = 0
  for (const part of parts) {
    joined.set(part, start)
    start += part.length
  }
  return joined
}

/** Half the area that nearly all instances have. */
function smallestArea(areas: readonly number[]): number {
  const sorted = areas.toSorted((a, b) => a - b)
  return Math.max(1, Math.floor((sorted[Math.floor(sorted.length * 0.01)] ?? 2) / 2))
}

async function isUpright(pictures: readonly MaskedPicture[], items: readonly MarkedItem[], channels: 1 | 3) {
  const format: PixelFormat = { size: THUMBNAIL, channels }
  const stride = Math.max(1, Math.ceil(pictures.length / MEASURED))
  const thumbnails: Uint8Array[] = []
  for (const { index } of pictures.filter((_, place) => place % stride === 0)) {
    const pixels = await decodeImage(items[index]?.file ?? '', format).catch(() => null)
    if (pixels) thumbnails.push(pixels)
  }
  return measurePictures(thumbnails, format).isUpright
}

/** The class of a picture that fewest pictures have, so that each class gets pictures on both sides; −1: none. */
function rarestClass(masks: MaskedPicture['masks'], pictures: readonly MaskedPicture[]): number {
  const places = [...new Set(masks.map((mask) => mask.class))]
  if (places.length < 2) return places[0] ?? -1
  const holders = (place: number) =>
    pictures.filter((picture) => picture.masks.some((mask) => mask.class === place)).length
  return places.sort((a, b) => holders(a) - holders(b))[0] ?? -1
}
