import type { Normalisation } from '../../data/augmentation.ts'
import { DETECTOR_MULTIPLE, DETECTOR_STRIDE } from '../../nn/detector.ts'
import type { OnnxSession } from '../../onnx.ts'
import { decodeBoxes } from './decode-boxes.ts'
import { clipBox, type ScoredMark, scaleBox } from './mark.ts'
import { suppressOverlaps } from './suppress.ts'
import { cutTile, planTiles, type Tile } from './tiles.ts'

/** What finding needs to know beside the network. */
export interface FinderSettings extends Normalisation {
  channels: 1 | 3
  scale: number
  largestBox: number
}

/** Larger pictures are looked at in tiles of this side. */
const TILE = 1024
const MOST_OVERLAP = 512
/** Peaks colder than this are noise. */
const LEAST_HEAT = 0.02
const MOST_SHARED = 0.6
const MOST_BOXES = 20_000

/** Size in pixels. */
export interface Size {
  width: number
  height: number
}

/** Pictures that would be larger than this for the network are reduced, so that they fit into memory. */
const MOST_PIXELS = 120_000_000

/** The scale a picture of this size is seen at: the model's, or less when it is enormous. */
export function seenScale({ width, height }: Size, scale: number): number {
  return Math.min(scale, Math.sqrt(MOST_PIXELS / (width * height)))
}

/** What the network sees of a picture of this size, at least one pixel. */
export function seenSize(size: Size, scale: number): Size {
  const seen = seenScale(size, scale)
  return { width: Math.max(1, Math.round(size.width * seen)), height: Math.max(1, Math.round(size.height * seen)) }
}

/**
 * Boxes of one picture with the heat of their peaks as score, best first. `pixels` [row, column, channel] of `seenSize`;
 * `size` and boxes in pixels of the original.
 */
export async function findBoxes(
  session: OnnxSession,
  settings: FinderSettings,
  pixels: Uint8Array,
  size: Size,
): Promise<ScoredMark[]> {
  const { channels } = settings
  const { width, height } = size
  const scale = seenScale(size, settings.scale)
  const seen = seenSize(size, settings.scale)
  const overlap = Math.min(MOST_OVERLAP, Math.ceil(settings.largestBox))
  const tiles = planTiles(seen.width, seen.height, TILE, overlap)
  const found: ScoredMark[] = []
  for (const tile of tiles) {
    const part = tiles.length === 1 ? pixels : cutTile(pixels, seen.width, channels, tile)
    for (const mark of await lookAt(session, settings, part, tile)) {
      if (ownsCentre(tile, mark, seen, overlap)) found.push(mark)
    }
  }
  return suppressOverlaps(found, MOST_SHARED, MOST_BOXES).flatMap((mark) => {
    const box = clipBox(scaleBox(mark.box, 1 / scale), width, height)
    return box ? [{ ...mark, box }] : []
  })
}

async function lookAt(session: OnnxSession, settings: FinderSettings, pixels: Uint8Array, tile: Tile) {
  const rows = Math.ceil(tile.height / DETECTOR_MULTIPLE) * DETECTOR_MULTIPLE
  const columns = Math.ceil(tile.width / DETECTOR_MULTIPLE) * DETECTOR_MULTIPLE
  const image = placePicture(pixels, tile, settings, rows, columns)
  const { heat, edges } = await session.run({ image: { data: image, shape: [1, settings.channels, rows, columns] } })
  if (!heat || !edges) throw new Error('the model answered without heat or edges')
  const size = { rows: rows / DETECTOR_STRIDE, columns: columns / DETECTOR_STRIDE }
  return decodeBoxes({ heat, edges, ...size }, LEAST_HEAT).map(
    ({ box: [x, y, width, height], ...mark }): ScoredMark => ({
      ...mark,
      box: [x + tile.left, y + tile.top, width, height],
    }),
  )
}

/** Normalised [channel, row, column], the free border at the right and below 0. */
function placePicture(
  pixels: Uint8Array,
  { width, height }: Tile,
  { channels, mean, deviation }: FinderSettings,
  rows: number,
  columns: number,
): Float32Array {
  const image = new Float32Array(channels * rows * columns)
  for (let channel = 0; channel < channels; channel += 1) {
    const gain = 1 / (deviation[channel] || 1)
    const shift = (mean[channel] ?? 0) * gain
    for (let row = 0; row < height; row += 1) {
      const start = (channel * rows + row) * columns
      for (let column = 0; column < width; column += 1) {
        image[start + column] = (pixels[(row * width + column) * channels + channel] ?? 0) * gain - shift
      }
    }
  }
  return image
}

/** Tiles share borders; each box counts in the tile whose middle part holds its centre, where it is seen whole. */
function ownsCentre(tile: Tile, { box }: ScoredMark, whole: Size, overlap: number): boolean {
  const x = box[0] + box[2] / 2
  const y = box[1] + box[3] / 2
  // A little more than half the overlap is given to both sides, so that no centre falls between; doubles are removed.
  const margin = overlap / 2 - DETECTOR_STRIDE * 2
  const isInside = (centre: number, start: number, length: number, total: number) =>
    (start === 0 || centre >= start + margin) && (start + length >= total || centre <= start + length - margin)
  return isInside(x, tile.left, tile.width, whole.width) && isInside(y, tile.top, tile.height, whole.height)
}
