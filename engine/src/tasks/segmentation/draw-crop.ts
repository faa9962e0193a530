import { drawBetween, drawNormal, type Random } from '../../data/random.ts'
import type { Size } from './seen-picture.ts'
import type { ToneTable } from './tone.ts'

/** A picture with what the network should say about it. */
export interface TaughtPicture extends Size {
  /** [row, column, channel] uint8 */
  pixels: Uint8Array
  /** [map, row, column] uint8 */
  targets: Uint8Array
  /** Whether the last two maps are the components of a vector, which turns with the picture. */
  hasDirections: boolean
}

/** How far the shapes of training pictures may be changed. */
export interface ShapePolicy {
  /** Radians, either way. */
  maxTurn: number
  upsideDown: boolean
  /** 0.2: between 1/1.2 and 1.2 times as large. */
  maxScale: number
  /** Share of the crops that are up to `strayScale` times as large or small: their picture's scale is not known yet. */
  strayShare: number
  strayScale: number
  /** Standard deviation of the bends, in shares of the side. */
  bend: number
}

/** Where each place of a crop lies in its picture. */
export interface CropTransform {
  centre: [number, number]
  across: [number, number]
  down: [number, number]
  /** Displacements (x, y) at the knots of an even grid over the crop. */
  bends: Float32Array
}

/** Knots of the bends along each side. */
const KNOTS = 5

/** A turn, mirror, zoom and bend around a point of the picture. */
export function drawTransform(
  centre: [number, number],
  side: number,
  { maxTurn, upsideDown, maxScale, strayShare, strayScale, bend }: ShapePolicy,
  random: Random,
): CropTransform {
  const turn = drawBetween(random, -maxTurn, maxTurn)
  const mostScale = random() < strayShare ? strayScale : 1 + maxScale
  const step = Math.exp(drawBetween(random, -1, 1) * Math.log(mostScale))
  const flipX = random() < 0.5 ? -1 : 1
  const flipY = upsideDown && random() < 0.5 ? -1 : 1
  const [cos, sin] = [Math.cos(turn) * step, Math.sin(turn) * step]
  const bends = Float32Array.from({ length: 2 * KNOTS * KNOTS }, () => drawNormal(random) * bend * side)
  return { centre, across: [cos * flipX, sin * flipX], down: [-sin * flipY, cos * flipY], bends }
}

/** Where a crop goes: [map, row, column] float32, from `offset`. */
export interface CropSpace {
  data: Float32Array
  offset: number
}

/** `side`² pixels of a picture; of the targets one place for each `stride`² of them, at their middle. */
export interface CropGrid {
  side: number
  stride: number
}

/**
 * Draws a crop of a picture and of its targets (bilinear). Beside the picture lies its mirror image, as it does when the
 * network answers. Writes the picture through `tones`, the targets as 0..1.
 */
export function drawCrop(
  image: CropSpace,
  target: CropSpace,
  { side, stride }: CropGrid,
  picture: TaughtPicture,
  transform: CropTransform,
  tones: ToneTable,
): void {
  const { pixels, targets, width, height, hasDirections } = picture
  const channels = tones.length
  const pictureArea = width * height
  const maps = targets.length / pictureArea
  const area = side * side
  const drawPixel = (place: number, { corner, right, below, wa, wb, wc, wd }: Spot) => {
    for (let channel = 0; channel < channels; channel += 1) {
      const tone = tones[channel] as Float32Array
      const at = corner * channels + channel
      image.data[image.offset + channel * area + place] =
        wa * (tone[pixels[at] as number] as number) +
        wb * (tone[pixels[at + right * channels] as number] as number) +
        wc * (tone[pixels[at + below * channels] as number] as number) +
        wd * (tone[pixels[at + (below + right) * channels] as number] as number)
    }
  }
  const { across, down } = transform
  const stretch = Math.hypot(...across)
  const targetArea = area / stride ** 2
  const drawTarget = (place: number, { corner, right, below, wa, wb, wc, wd }: Spot) => {
    for (let map = 0; map < maps; map += 1) {
      const at = map * pictureArea + corner
      const value =
        wa * (targets[at] as number) +
        wb * (targets[at + right] as number) +
        wc * (targets[at + below] as number) +
        wd * (targets[at + below + right] as number)
      target.data[target.offset + map * targetArea + place] = value / 255
    }
    if (hasDirections) turnVector(target, targetArea, maps, place, across, down, stretch)
  }
  const isSameGrid = stride === 1
  visitPlaces(transform, { side, stride: 1 }, picture, (place, spot) => {
    drawPixel(place, spot)
    if (isSameGrid) drawTarget(place, spot)
  })
  if (!isSameGrid) visitPlaces(transform, { side, stride }, picture, drawTarget)
}

/** Four neighbouring pixels of a picture and how much each counts; the last three lie to the right, below, and both. */
interface Spot {
  corner: number
  right: number
  below: number
  wa: number
  wb: number
  wc: number
  wd: number
}

/** Tells for each place of a crop's grid, row by row, where it lies in the picture. `spot` is valid until the next one. */
function visitPlaces(
  { centre, across, down, bends }: CropTransform,
  { side, stride }: CropGrid,
  { width, height }: Size,
  visit: (place: number, spot: Spot) => void,
): void {
  const half = (side - 1) / 2
  const cell = (side - 1) / (KNOTS - 1)
  const knots = new Float32Array(2 * KNOTS)
  const spot: Spot = { corner: 0, right: 0, below: 0, wa: 0, wb: 0, wc: 0, wd: 0 }
  const middle = (stride - 1) / 2
  let place = 0
  for (let row = middle; row < side; row += stride) {
    interpolateKnots(knots, bends, row / cell)
    for (let column = middle; column < side; column += stride) {
      const knot = Math.min(KNOTS - 2, Math.floor(column / cell))
      const share = column / cell - knot
      const bendX = mix(knots[2 * knot] as number, knots[2 * knot + 2] as number, share)
      const bendY = mix(knots[2 * knot + 1] as number, knots[2 * knot + 3] as number, share)
      const sourceX = centre[0] + (column - half) * across[0] + (row - half) * down[0] + bendX
      const sourceY = centre[1] + (column - half) * across[1] + (row - half) * down[1] + bendY
      const x = mirror(sourceX, width - 1)
      const y = mirror(sourceY, height - 1)
      const left = x | 0
      const top = y | 0
      const wx = x - left
      const wy = y - top
      spot.corner = top * width + left
      spot.right = left < width - 1 ? 1 : 0
      spot.below = top < height - 1 ? width : 0
      spot.wa = (1 - wx) * (1 - wy)
      spot.wb = wx * (1 - wy)
      spot.wc = (1 - wx) * wy
      spot.wd = wx * wy
      visit(place, spot)
      place += 1
    }
  }
}

/** A vector of the picture as one of the crop, whose axes lie `across` and `down` in the picture, `stretch` long. */
function turnVector(
  { data, offset }: CropSpace,
  area: number,
  maps: number,
  place: number,
  across: [number, number],
  down: [number, number],
  stretch: number,
): void {
  const first = offset + (maps - 2) * area + place
  const x = 2 * (data[first] as number) - 1
  const y = 2 * (data[first + area] as number) - 1
  data[first] = 0.5 + (0.5 * (x * across[0] + y * across[1])) / stretch
  data[first + area] = 0.5 + (0.5 * (x * down[0] + y * down[1])) / stretch
}

/** The displacements along one row of the crop, at the knots' columns. */
function interpolateKnots(knots: Float32Array, bends: Float32Array, position: number): void {
  const above = Math.min(KNOTS - 2, Math.floor(position))
  for (let at = 0; at < 2 * KNOTS; at += 1) {
    const first = bends[above * 2 * KNOTS + at] as number
    knots[at] = mix(first, bends[(above + 1) * 2 * KNOTS + at] as number, position - above)
  }
}

const mix = (first: number, second: number, share: number) => first + (second - first) * share

/** A position beside 0..last, thrown back inside at its ends. */
export function mirror(position: number, last: number): number {
  if (position >= 0 && position <= last) return position
  if (last === 0) return 0
  const period = 2 * last
  const rest = ((position % period) + period) % period
  return rest > last ? period - rest : rest
}
