import type { Point, Size } from '../region-shapes.ts'

/** Pixels of a picture as a screen shows it: `data` [row, column, 4] uint8. */
export interface Picture extends Size {
  data: Uint8ClampedArray
}

/** A part of a picture, in whole pixels; ends are exclusive. */
export interface Part {
  left: number
  top: number
  right: number
  bottom: number
}

/** The part of a picture no further than `reach` pixels from a place. */
export function partAround({ x, y }: Point, reach: number, { width, height }: Size): Part {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  return {
    left: Math.max(0, column - reach),
    top: Math.max(0, row - reach),
    right: Math.min(width, column + reach + 1),
    bottom: Math.min(height, row + reach + 1),
  }
}

/** Brightness of a pixel, 0..255, by the weights of ITU-R BT.601. */
export function brightnessAt(data: Uint8ClampedArray, pixel: number): number {
  const at = 4 * pixel
  return 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number)
}

/** [row, column] brightness 0..255 of a part of a picture. */
export function brightnessOf({ data, width }: Picture, { left, top, right, bottom }: Part): Float32Array {
  const columns = right - left
  const values = new Float32Array(columns * (bottom - top))
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      values[(row - top) * columns + column - left] = brightnessAt(data, row * width + column)
    }
  }
  return values
}
