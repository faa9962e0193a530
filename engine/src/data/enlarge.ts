import type { PictureSize } from './decode-image.ts'

/** The pixels that one place of an enlarged line is made of. */
interface Taps {
  /** [place, 4]: positions in the line, its ends repeated. */
  at: Int32Array
  /** [place, 4]: how much each counts; their sum is 1. */
  weights: Float32Array
}

const REACH = 4

/**
 * A picture, [row, column, channel] uint8, at a size not smaller than its own: every pixel is looked up where its middle
 * lies, so that marks enlarged in the same way stay where they were. (The decoder's own enlargement keeps the first pixel's
 * corner instead, which moves a picture three times as large by one pixel.)
 * Source: Keys, Cubic Convolution Interpolation for Digital Image Processing, 1981, a = −1/2.
 */
export function enlarge(pixels: Uint8Array, own: PictureSize, wanted: PictureSize): Uint8Array {
  const columns = tapsOf(own.width, wanted.width)
  const rows = tapsOf(own.height, wanted.height)
  const length = wanted.width * own.channels
  // Rows already stretched, as many as one row of the answer is made of.
  const stretched = Array.from({ length: REACH }, () => ({ row: -1, values: new Float32Array(length) }))
  const stretch = (row: number): Float32Array => {
    const line = stretched[row % REACH] as { row: number; values: Float32Array }
    if (line.row !== row)
      stretchRow(line.values, pixels.subarray(row * own.width * own.channels), columns, own.channels)
    line.row = row
    return line.values
  }
  const enlarged = new Uint8ClampedArray(wanted.height * length)
  for (let row = 0; row < wanted.height; row += 1) {
    const tap = row * REACH
    const [a, b, c, d] = [0, 1, 2, 3].map((place) => stretch(rows.at[tap + place] as number)) as Four<Float32Array>
    const [wa, wb, wc, wd] = rows.weights.subarray(tap, tap + REACH) as unknown as Four<number>
    for (let place = 0; place < length; place += 1) {
      enlarged[row * length + place] =
        wa * (a[place] as number) + wb * (b[place] as number) + wc * (c[place] as number) + wd * (d[place] as number)
    }
  }
  return new Uint8Array(enlarged.buffer)
}

function stretchRow(line: Float32Array, pixels: Uint8Array, { at, weights }: Taps, channels: number): void {
  for (let column = 0; column * channels < line.length; column += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      let sum = 0
      for (let tap = column * REACH; tap < (column + 1) * REACH; tap += 1) {
        sum += (weights[tap] as number) * (pixels[(at[tap] as number) * channels + channel] as number)
      }
      line[column * channels + channel] = sum
    }
  }
}

type Four<Value> = [Value, Value, Value, Value]

function tapsOf(length: number, wanted: number): Taps {
  const at = new Int32Array(wanted * REACH)
  const weights = new Float32Array(wanted * REACH)
  for (let place = 0; place < wanted; place += 1) {
    const middle = ((place + 0.5) * length) / wanted - 0.5
    const left = Math.floor(middle)
    for (let tap = 0; tap < REACH; tap += 1) {
      const position = left - 1 + tap
      at[place * REACH + tap] = Math.min(length - 1, Math.max(0, position))
      weights[place * REACH + tap] = cubic(Math.abs(middle - position))
    }
  }
  return { at, weights }
}

function cubic(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance ** 2 + 1
  return distance < 2 ? ((-0.5 * distance + 2.5) * distance - 4) * distance + 2 : 0
}
