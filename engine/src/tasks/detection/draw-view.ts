import type { BoundingBox } from '@vesalius/contracts'
import type { Normalisation } from '../../data/augmentation.ts'
import { drawBetween, type Random } from '../../data/random.ts'
import type { Mark } from './mark.ts'
import type { ViewMark } from './targets.ts'
import type { Tile } from './tiles.ts'

/** [row, column, channel] uint8 with what it shows. */
export interface Picture {
  pixels: Uint8Array
  width: number
  height: number
  marks: readonly Mark[]
}

/** A square to draw on: [channel, row, column] float32 from `offset`, `side`² pixels each. */
export interface Canvas {
  data: Float32Array
  offset: number
  side: number
  channels: number
}

/** Picture position of canvas position (x, y): origin + x·across + y·down; both axes lie along the picture's. */
export interface Transform {
  origin: [number, number]
  across: [number, number]
  down: [number, number]
}

/** value·gain + shift, by channel */
export interface Tone {
  gain: number[]
  shift: number[]
}

/** A box of which less than this is left in the view is not asked for. */
const VISIBLE_SHARE = 0.3
const SMALLEST_SIDE = 2

/**
 * How a picture comes to lie on a rectangle: mirrored, turned by quarters when it has no way up, `zoom` times as large,
 * at a random place; around a random mark in half the pictures that do not fit.
 */
export function drawTransform(
  { width, height, marks }: Omit<Picture, 'pixels'>,
  rectangle: Tile,
  { zoom, isUpright }: { zoom: number; isUpright: boolean },
  random: Random,
): Transform {
  const step = 1 / zoom
  const quarter = isUpright ? 0 : Math.floor(random() * 4)
  const mirror = random() < 0.5 ? -1 : 1
  const cos = [1, 0, -1, 0][quarter] ?? 1
  const sin = [0, 1, 0, -1][quarter] ?? 0
  const across: [number, number] = [mirror * cos * step, mirror * sin * step]
  const down: [number, number] = [-sin * step, cos * step]
  const aimed = random() < 0.5 ? marks[Math.floor(random() * marks.length)] : undefined
  const spanX = Math.abs(across[0]) * rectangle.width + Math.abs(down[0]) * rectangle.height
  const spanY = Math.abs(across[1]) * rectangle.width + Math.abs(down[1]) * rectangle.height
  const centreX = drawCentre(width, spanX, aimed && [aimed.box[0], aimed.box[2]], random)
  const centreY = drawCentre(height, spanY, aimed && [aimed.box[1], aimed.box[3]], random)
  const middleX = rectangle.left + rectangle.width / 2
  const middleY = rectangle.top + rectangle.height / 2
  return {
    origin: [centreX - middleX * across[0] - middleY * down[0], centreY - middleX * across[1] - middleY * down[1]],
    across,
    down,
  }
}

/** Where along one axis of the picture the middle of the view lies. */
function drawCentre(length: number, span: number, aimed: [number, number] | undefined, random: Random): number {
  const [low, high] = [Math.min(span / 2, length - span / 2), Math.max(span / 2, length - span / 2)]
  const anywhere = drawBetween(random, low, high)
  if (!aimed || span >= length) return anywhere
  const around = aimed[0] + aimed[1] / 2 + drawBetween(random, -0.5, 0.5) * Math.max(0, span - aimed[1])
  return Math.min(high, Math.max(low, around))
}

/** Contrast, brightness and tint of a view, over the normalisation. */
export function drawTone(
  { mean, deviation }: Normalisation,
  { maxIntensity, maxTint }: { maxIntensity: number; maxTint: number },
  random: Random,
): Tone {
  const contrast = 1 + drawBetween(random, -maxIntensity, maxIntensity)
  const brightness = drawBetween(random, -maxIntensity, maxIntensity)
  const gain = deviation.map((value) => contrast / (value || 1))
  const shift = mean.map(
    (value, channel) => brightness + drawBetween(random, -maxTint, maxTint) - value * (gain[channel] ?? 0),
  )
  return { gain, shift }
}

/** Draws a picture on a rectangle of the canvas (bilinear); what lies beside the picture is 0. */
export function paintView(canvas: Canvas, rectangle: Tile, picture: Picture, transform: Transform, tone: Tone): void {
  const { pixels, width, height } = picture
  const { data, offset, side, channels } = canvas
  const { origin, across, down } = transform
  const area = side * side
  for (let row = rectangle.top; row < rectangle.top + rectangle.height; row += 1) {
    // Centres of pixels lie at halves.
    const x = rectangle.left + 0.5
    const y = row + 0.5
    let sourceX = origin[0] + x * across[0] + y * down[0] - 0.5
    let sourceY = origin[1] + x * across[1] + y * down[1] - 0.5
    for (let column = rectangle.left; column < rectangle.left + rectangle.width; column += 1) {
      const place = offset + row * side + column
      if (sourceX < -0.5 || sourceY < -0.5 || sourceX > width - 0.5 || sourceY > height - 0.5) {
        for (let channel = 0; channel < channels; channel += 1) data[place + channel * area] = 0
      } else {
        const clampedX = Math.min(width - 1, Math.max(0, sourceX))
        const clampedY = Math.min(height - 1, Math.max(0, sourceY))
        const left = clampedX | 0
        const top = clampedY | 0
        const wx = clampedX - left
        const wy = clampedY - top
        const right = left < width - 1 ? channels : 0
        const below = top < height - 1 ? width * channels : 0
        const corner = (top * width + left) * channels
        for (let channel = 0; channel < channels; channel += 1) {
          const at = corner + channel
          const a = pixels[at] as number
          const b = pixels[at + right] as number
          const c = pixels[at + below] as number
          const d = pixels[at + below + right] as number
          const upper = a + (b - a) * wx
          const value = upper + (c + (d - c) * wx - upper) * wy
          data[place + channel * area] = value * (tone.gain[channel] as number) + (tone.shift[channel] as number)
        }
      }
      sourceX += across[0]
      sourceY += across[1]
    }
  }
}

/** The marks as they lie on the canvas, cut by the rectangle; those of which nothing is seen are left out. */
export function viewMarks(marks: readonly Mark[], rectangle: Tile, transform: Transform): ViewMark[] {
  return marks.flatMap(({ box, class: place }) => {
    const whole = moveBox(box, transform)
    const left = Math.max(rectangle.left, whole[0])
    const top = Math.max(rectangle.top, whole[1])
    const width = Math.min(rectangle.left + rectangle.width, whole[0] + whole[2]) - left
    const height = Math.min(rectangle.top + rectangle.height, whole[1] + whole[3]) - top
    if (width <= 0 || height <= 0) return []
    const visible = (width * height) / (whole[2] * whole[3])
    const isIgnored = visible < VISIBLE_SHARE || Math.min(width, height) < SMALLEST_SIDE
    return [{ box: [left, top, width, height], class: place, isIgnored }]
  })
}

function moveBox([x, y, width, height]: BoundingBox, { origin, across, down }: Transform): BoundingBox {
  const scale = across[0] ** 2 + across[1] ** 2
  const move = (pictureX: number, pictureY: number) => {
    const [dx, dy] = [pictureX - origin[0], pictureY - origin[1]]
    return [(dx * across[0] + dy * across[1]) / scale, (dx * down[0] + dy * down[1]) / scale] as const
  }
  const [firstX, firstY] = move(x, y)
  const [lastX, lastY] = move(x + width, y + height)
  return [Math.min(firstX, lastX), Math.min(firstY, lastY), Math.abs(lastX - firstX), Math.abs(lastY - firstY)]
}
