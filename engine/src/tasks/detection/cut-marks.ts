import type { Picture } from './draw-view.ts'

/** Part of a box's side that is shown around it. */
const MARGIN = 0.15

/**
 * What is marked in a picture, each mark as a square of `size` pixels (nearest ones, the edge repeated):
 * [row, column, channel] uint8.
 */
export function cutMarks({ pixels, width, height, marks }: Picture, size: number, channels: number): Uint8Array[] {
  return marks.map(({ box: [x, y, boxWidth, boxHeight] }) => {
    const cut = new Uint8Array(size * size * channels)
    const along = (start: number, length: number, step: number, last: number) => {
      const place = start + length * ((1 + 2 * MARGIN) * ((step + 0.5) / size) - MARGIN)
      return Math.min(last, Math.max(0, Math.floor(place)))
    }
    for (let row = 0; row < size; row += 1) {
      const line = along(y, boxHeight, row, height - 1) * width
      for (let column = 0; column < size; column += 1) {
        const at = (line + along(x, boxWidth, column, width - 1)) * channels
        cut.set(pixels.subarray(at, at + channels), (row * size + column) * channels)
      }
    }
    return cut
  })
}
