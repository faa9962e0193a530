import type { Normalisation } from './augmentation.ts'
import type { PixelFormat } from './decode-image.ts'

/** What all training pictures have in common: their brightness, and whether they have a way up. */
export interface PictureStatistics {
  normalisation: Normalisation
  isUpright: boolean
}

/** A share of the mean picture's contrast that turning it over would change, above which the set has a way up. */
const UPRIGHT_SHARE = 0.15

/**
 * Measures pictures [row, column, channel] uint8. Pictures with a way up (X-rays, faces) leave it in their mean:
 * its upper half is not its lower half in a mirror. A set of cells averages to a disc, the same whichever way it is
 * turned. What chance alone would leave in the mean of `count` pictures is taken off first.
 */
export function measurePictures(pictures: Iterable<Uint8Array>, { size, channels }: PixelFormat): PictureStatistics {
  const area = size * size
  const sum = new Float64Array(area * channels)
  const squares = new Float64Array(area * channels)
  let count = 0
  for (const pixels of pictures) {
    count += 1
    for (let index = 0; index < sum.length; index += 1) {
      const value = pixels[index] ?? 0
      sum[index] = (sum[index] ?? 0) + value
      squares[index] = (squares[index] ?? 0) + value * value
    }
  }
  const mean: number[] = []
  const deviation: number[] = []
  for (let channel = 0; channel < channels; channel += 1) {
    let total = 0
    let totalSquares = 0
    for (let index = channel; index < sum.length; index += channels) {
      total += sum[index] ?? 0
      totalSquares += squares[index] ?? 0
    }
    const samples = Math.max(1, count * area)
    mean.push(total / samples)
    deviation.push(Math.sqrt(Math.max(1, totalSquares / samples - (total / samples) ** 2)))
  }
  const isUpright = uprightShare(sum, squares, count, size, channels) > UPRIGHT_SHARE
  return { normalisation: { mean, deviation }, isUpright }
}

/** Share of the mean picture's variance that changes sides when it is turned over or laid on its side, 0..1. */
function uprightShare(sum: Float64Array, squares: Float64Array, count: number, size: number, channels: number): number {
  if (count < 2) return 1
  const area = size * size
  const mean = new Float64Array(area)
  let noise = 0
  for (let pixel = 0; pixel < area; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const at = pixel * channels + channel
      const average = (sum[at] ?? 0) / count
      mean[pixel] = (mean[pixel] ?? 0) + average / channels
      noise += Math.max(0, (squares[at] ?? 0) / count - average ** 2) / (count * channels * area)
    }
  }
  const grand = mean.reduce((total, value) => total + value, 0) / area
  let variance = 0
  let turned = 0
  let laid = 0
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const value = mean[row * size + column] ?? 0
      variance += (value - grand) ** 2 / area
      turned += (value - (mean[(size - 1 - row) * size + column] ?? 0)) ** 2 / area / 2
      laid += (value - (mean[column * size + row] ?? 0)) ** 2 / area / 2
    }
  }
  const signal = variance - noise
  return signal <= 0 ? 0 : Math.max(turned - noise, laid - noise, 0) / signal
}
