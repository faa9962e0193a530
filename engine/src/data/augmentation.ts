import type { PixelFormat } from './decode-image.ts'
import { drawBetween, type Random } from './random.ts'

/** How far training pictures may be changed without their class changing. Lengths are shares of the side. */
export interface AugmentationPolicy {
  mirror: boolean
  /** Upside down as likely as upright; with `maxTurn` of π this means any orientation. */
  upsideDown: boolean
  /** Radians, either way. */
  maxTurn: number
  maxShift: number
  /** 0.1: between 0.9 and 1.1 times as large. */
  maxScale: number
  /** Of the contrast, and of the brightness in standard deviations. */
  maxIntensity: number
  /** Of each colour's own brightness, in standard deviations. */
  maxTint: number
  /** Largest side of a square made grey in half the pictures; 0: never. */
  maxErase: number
}

export const NO_AUGMENTATION: AugmentationPolicy = {
  mirror: false,
  upsideDown: false,
  maxTurn: 0,
  maxShift: 0,
  maxScale: 0,
  maxIntensity: 0,
  maxTint: 0,
  maxErase: 0,
}

/** For pictures taken with a fixed way up: X-rays, faces, scenes. */
export const UPRIGHT_AUGMENTATION: AugmentationPolicy = {
  mirror: true,
  upsideDown: false,
  maxTurn: Math.PI / 15,
  maxShift: 0.08,
  maxScale: 0.12,
  maxIntensity: 0.15,
  maxTint: 0.05,
  maxErase: 0.25,
}

/** For pictures with no way up: cells, tissue, skin seen from above. */
export const FREE_AUGMENTATION: AugmentationPolicy = {
  ...UPRIGHT_AUGMENTATION,
  upsideDown: true,
  maxTurn: Math.PI,
  maxScale: 0.1,
}

/** Mean and standard deviation per channel, on the 0..255 scale. */
export interface Normalisation {
  mean: number[]
  deviation: number[]
}

/**
 * One picture as the network sees it: turned, scaled, shifted (bilinear, the edge repeated), normalised, its contrast
 * changed. `pixels`: [row, column, channel] uint8. Writes [channel, row, column] float32, mean 0 and deviation 1 over
 * the training set, into `target` from `offset`. Draws the same numbers for the same random stream.
 */
export function augmentInto(
  target: Float32Array,
  offset: number,
  pixels: Uint8Array,
  { size, channels }: PixelFormat,
  { mean, deviation }: Normalisation,
  policy: AugmentationPolicy,
  random: Random,
): void {
  const turn = drawBetween(random, -policy.maxTurn, policy.maxTurn)
  const zoom = Math.exp(drawBetween(random, -1, 1) * Math.log1p(policy.maxScale))
  const flipX = policy.mirror && random() < 0.5 ? -1 : 1
  const flipY = policy.upsideDown && random() < 0.5 ? -1 : 1
  const shiftX = drawBetween(random, -policy.maxShift, policy.maxShift) * size
  const shiftY = drawBetween(random, -policy.maxShift, policy.maxShift) * size
  const contrast = 1 + drawBetween(random, -policy.maxIntensity, policy.maxIntensity)
  const brightness = drawBetween(random, -policy.maxIntensity, policy.maxIntensity)

  const gains = new Float64Array(channels)
  const offsets = new Float64Array(channels)
  for (let channel = 0; channel < channels; channel += 1) {
    const tint = drawBetween(random, -policy.maxTint, policy.maxTint)
    const gain = contrast / (deviation[channel] || 1)
    gains[channel] = gain
    offsets[channel] = brightness + tint - (mean[channel] ?? 0) * gain
  }

  const cos = Math.cos(turn) / zoom
  const sin = Math.sin(turn) / zoom
  const centre = (size - 1) / 2
  const area = size * size
  const last = size - 1
  for (let row = 0; row < size; row += 1) {
    const y = (row - centre) * flipY
    let sourceX = -centre * flipX * cos - y * sin + centre + shiftX
    let sourceY = -centre * flipX * sin + y * cos + centre + shiftY
    const stepX = flipX * cos
    const stepY = flipX * sin
    for (let column = 0; column < size; column += 1) {
      const clampedX = Math.min(last, Math.max(0, sourceX))
      const clampedY = Math.min(last, Math.max(0, sourceY))
      const left = clampedX | 0
      const top = clampedY | 0
      const wx = clampedX - left
      const wy = clampedY - top
      const right = left < last ? channels : 0
      const down = top < last ? size * channels : 0
      const corner = (top * size + left) * channels
      const place = offset + row * size + column
      for (let channel = 0; channel < channels; channel += 1) {
        const at = corner + channel
        const a = pixels[at] as number
        const b = pixels[at + right] as number
        const c = pixels[at + down] as number
        const d = pixels[at + down + right] as number
        const upper = a + (b - a) * wx
        const value = upper + (c + (d - c) * wx - upper) * wy
        target[place + channel * area] = value * (gains[channel] as number) + (offsets[channel] as number)
      }
      sourceX += stepX
      sourceY += stepY
    }
  }
  if (policy.maxErase > 0) eraseSquare(target, offset, size, channels, policy.maxErase, random)
}

/** Sets a square to the mean colour in half the pictures (Zhong et al., Random Erasing, 2020). */
function eraseSquare(
  target: Float32Array,
  offset: number,
  size: number,
  channels: number,
  maxErase: number,
  random: Random,
): void {
  const isErased = random() < 0.5
  const side = Math.max(1, Math.round(drawBetween(random, maxErase / 3, maxErase) * size))
  const top = Math.floor(random() * (size - side + 1))
  const left = Math.floor(random() * (size - side + 1))
  if (!isErased) return
  for (let channel = 0; channel < channels; channel += 1) {
    for (let row = top; row < top + side; row += 1) {
      const start = offset + channel * size * size + row * size + left
      target.fill(0, start, start + side)
    }
  }
}

/** The picture unchanged but for normalisation; layout as `augmentInto`. */
export function normaliseInto(
  target: Float32Array,
  offset: number,
  pixels: Uint8Array,
  { size, channels }: PixelFormat,
  { mean, deviation }: Normalisation,
): void {
  const area = size * size
  for (let channel = 0; channel < channels; channel += 1) {
    const gain = 1 / (deviation[channel] || 1)
    const shift = (mean[channel] ?? 0) * gain
    for (let pixel = 0; pixel < area; pixel += 1) {
      target[offset + channel * area + pixel] = (pixels[pixel * channels + channel] ?? 0) * gain - shift
    }
  }
}
