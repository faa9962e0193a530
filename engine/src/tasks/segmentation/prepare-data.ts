import { join } from 'node:path'
import { decodeImage, decodePicture, type PixelFormat } from '../../data/decode-image.ts'
import { balanceKinds, findKinds } from '../../data/kinds.ts'
import { measurePictures } from '../../data/picture-statistics.ts'
import { createRandom } from '../../data/random.ts'
import { splitByGroup } from '../../data/split.ts'
import { TrainingError } from '../../runner/errors.ts'
import type { MarkedItem, TrainingRequest } from '../../runner/messages.ts'
import { openPieceStore, type PieceStore } from '../detection/piece-store.ts'
import { cutTile, planTiles, type Tile } from '../detection/tiles.ts'
import type { PieceSet, RegionPlace } from './batches.ts'
import { chooseScale, middleScale, scaleToDiameter, USUAL_DIAMETER } from './choose-scale.ts'
import type { HeldOutPicture } from './evaluate.ts'
import { boxesOf } from './instance-boxes.ts'
import type { SegmenterCard } from './model-card.ts'
import { mapCount, type SegmenterSpec } from './network-spec.ts'
import { type MaskedPicture, readItems, reasonOf, type SkippedItem } from './read-items.ts'
import { type PaintedLabel, paintLabel, resizeLabel } from './read-masks.ts'
import { type SeenPicture, type Size, seenSize } from './seen-picture.ts'
import { encodeTargets, findContacts } from './targets.ts'
import { type Levels, measureLevels } from './tone.ts'

export interface PreparedData {
  pieces: PieceSet
  /** Large images in several parts. */
  heldOut: HeldOutPicture[]
  trainingImages: number
  heldOutImages: number
  /** Of pictures whose instances' size is not known. */
  scale: number
  /** Pixels across that instances have as the network sees them; null where there are none. */
  diameter: number | null
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
const PIECE_MARGIN = 64
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
  { spec, parent }: { spec: SegmenterSpec; parent: Pick<SegmenterCard, 'scale' | 'instances'> | null },
  onRead: (done: number) => void,
): Promise<PreparedData> {
  const { pictures, skipped } = await readItems(items, classes, spec)
  const thicknesses = pictures.flatMap((picture) => picture.thicknesses)
  const longSides = pictures.map(({ width, height }) => Math.max(width, height))
  const diameter = spec.hasInstances ? (parent?.instances?.diameter ?? USUAL_DIAMETER) : null
  const ownScales = pictures.map((picture) =>
    diameter && picture.diameter ? scaleToDiameter(picture.diameter, diameter) : null,
  )
  const known = ownScales.filter((own) => own !== null)
  const scale = parent?.scale ?? (diameter ? middleScale(known) : chooseScale(thicknesses, longSides))
  const scaleOf = (picture: MaskedPicture) => ownScales[pictures.indexOf(picture)] ?? scale
  const split = splitByGroup(
    pictures.map(({ index, masks }) => ({ value: rarestClass(masks, pictures), group: items[index]?.group ?? '' })),
  )
  const sideOf = (positions: number[]) => positions.flatMap((place) => pictures[place] ?? [])
  const store = openPieceStore(join(directory, 'pixels.bin'))
  const collected: Collected = { store, pieces: new Map(), regions: aims(classes, spec), areas: [] }
  try {
    let done = 0
    const readEach = async (side: MaskedPicture[], keep: (read: ReadPicture, picture: MaskedPicture) => void) => {
      let kept = 0
      for (const picture of side) {
        const { imageId = '', file = '' } = items[picture.index] ?? {}
        try {
          keep(await readPicture(file, picture, spec, scaleOf(picture)), picture)
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
    const heldOutImages = await readEach(sideOf(split.validation), (read, picture) =>
      heldOut.push(...storeHeldOut(store, read, 1 / scaleOf(picture))),
    )
    if (collected.regions.every((places) => places.length === 0)) {
      throw new TrainingError('NOT_ENOUGH_ANNOTATIONS', 'mark regions in more readable images before training')
    }
    return {
      pieces: pieceSet(collected, spec),
      heldOut,
      trainingImages,
      heldOutImages,
      scale,
      diameter,
      seenSizes: pictures.map((picture) => seenSize(picture, scaleOf(picture))),
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
  const levels = measureLevels(picture)
  const tiles = planTiles(width, height, PIECE, PIECE_OVERLAP)
  if (label.instances) for (const { area } of boxesOf(label.instances, width).values()) areas.push(area)
  for (const tile of tiles) {
    const { planes, contacts } = encodeTile(label, tile)
    const position = store.add(joinBytes([cutTile(pixels, width, channels, tile), ...planes]))
    // Larger pictures show more, but not so much more that small ones are never seen.
    const weight = Math.sqrt(tile.width * tile.height) / tiles.length
    pieces.set(position, { width: tile.width, height: tile.height, levels, weight })
    regions.forEach((places, place) => {
      // Beyond the classes come the contacts.
      const isClass = place < label.regions.length
      const plane = isClass ? planes[place] : contacts
      if (plane) places.push(...samplePlaces(plane, tile.width, position))
    })
  }
}

/**
 * The planes of targets of a tile, and where instances touch. More is looked at than the tile, so that instances across its
 * border are pointed to their own middle; never the whole picture, which may be large.
 */
function encodeTile(label: PaintedLabel, tile: Tile): { planes: Uint8Array[]; contacts: Uint8Array | null } {
  const left = Math.max(0, tile.left - PIECE_MARGIN)
  const top = Math.max(0, tile.top - PIECE_MARGIN)
  const width = Math.min(label.width, tile.left + tile.width + PIECE_MARGIN) - left
  const height = Math.min(label.height, tile.top + tile.height + PIECE_MARGIN) - top
  const around = { left, top, width, height }
  const inner = { ...tile, left: tile.left - left, top: tile.top - top }
  const instances = label.instances && cutTile(label.instances, label.width, 1, around)
  const regions = label.regions.map((region) => cutTile(region, label.width, 1, around))
  const targets = encodeTargets({ width, height, regions, instances })
  const area = width * height
  const planes = Array.from({ length: targets.length / area }, (_, map) =>
    cutTile(targets.subarray(map * area, (map + 1) * area), width, 1, inner),
  )
  const contacts = instances && cutTile(findContacts(instances, around), width, 1, inner)
  return { planes, contacts }
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

/** A picture to judge by, in pieces: a large one has more than can be looked at after each epoch. */
function storeHeldOut(store: PieceStore, { picture, label }: ReadPicture, pixelSize: number): HeldOutPicture[] {
  const { pixels, width, height, channels } = picture
  return planTiles(width, height, PIECE, 0).map((tile) => {
    const area = tile.width * tile.height
    const planes = label.regions.map((region) => cutTile(region, width, 1, tile))
    const instances = label.instances && cutTile(label.instances, width, 1, tile)
    const numbers = instances ? [new Uint8Array(instances.buffer)] : []
    const position = store.add(joinBytes([cutTile(pixels, width, channels, tile), ...planes, ...numbers]))
    const size = { width: tile.width, height: tile.height }
    // Only what is small is kept in memory.
    const [classCount, hasInstances] = [planes.length, instances !== null]
    return {
      ...size,
      pixelSize,
      read: () => {
        const bytes = store.read(position).slice()
        const part = (start: number, length: number) => bytes.subarray(start * area, (start + length) * area)
        return {
          picture: { ...size, channels, pixels: part(0, channels) },
          label: {
            ...size,
            regions: Array.from({ length: classCount }, (_, place) => part(channels + place, 1)),
            instances: hasInstances ? new Int32Array(part(channels + classCount, 4).slice().buffer) : null,
          },
        }
      },
    }
  })
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
      const hasDirections = spec.hasInstances
      return { ...piece, pixels: bytes.subarray(0, split), targets: bytes.subarray(split), hasDirections }
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
