import type { SeenPicture } from './seen-picture.ts'

/** Pixels looked at along each side. */
const LOOKED_AT = 512
/** Of the brightness that nearly all pixels keep under. */
const DARK_SHARE = 0.25
const SMALLEST_SHARE = 0.2
const LARGEST_SHARE = 0.97
/** Of the pixels between the first and the last of a line, so many must belong to the field. */
const SOLID_SHARE = 0.95

/** Pixels of a picture on a coarse grid, and those of them that an instrument showed. */
export interface SampledPicture {
  /** [sample][channel] uint8 */
  samples: Uint8Array[]
}

/**
 * Samples of a picture, without the dark frame that a round instrument (a fundus camera, an endoscope) leaves around its
 * field of view. Dark pixels that reach the border are such a frame only when what they enclose is one solid piece; the
 * dark ground of a microscope is not.
 */
export function sampleField({ pixels, width, height, channels }: SeenPicture): SampledPicture {
  const stepX = Math.max(1, Math.ceil(width / LOOKED_AT))
  const stepY = Math.max(1, Math.ceil(height / LOOKED_AT))
  const columns = Math.ceil(width / stepX)
  const rows = Math.ceil(height / stepY)
  const samples = Array.from({ length: rows * columns }, (_, place) => {
    const at = (Math.floor(place / columns) * stepY * width + (place % columns) * stepX) * channels
    return pixels.subarray(at, at + channels)
  })
  const brightness = Uint8Array.from(samples, (sample) => Math.max(...sample))
  const bright = brightness.toSorted()[Math.floor(brightness.length * 0.95)] ?? 0
  const isDark = brightness.map((value) => (value < bright * DARK_SHARE ? 1 : 0))
  const frame = floodFromBorder(isDark, columns, rows)
  const isField = frame.map((value) => 1 - value)
  const share = isField.reduce((sum, value) => sum + value, 0) / Math.max(1, isField.length)
  const isFramed = share > SMALLEST_SHARE && share < LARGEST_SHARE && isSolid(isField, columns, rows)
  return { samples: isFramed ? samples.filter((_, place) => isField[place] === 1) : samples }
}

function floodFromBorder(isOpen: Uint8Array, width: number, height: number): Uint8Array {
  const reached = new Uint8Array(isOpen.length)
  const open: number[] = []
  const enter = (at: number) => {
    if (isOpen[at] === 0 || reached[at] === 1) return
    reached[at] = 1
    open.push(at)
  }
  for (let column = 0; column < width; column += 1) {
    enter(column)
    enter((height - 1) * width + column)
  }
  for (let row = 0; row < height; row += 1) {
    enter(row * width)
    enter(row * width + width - 1)
  }
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const column = at % width
    if (column > 0) enter(at - 1)
    if (column < width - 1) enter(at + 1)
    if (at >= width) enter(at - width)
    if (at < isOpen.length - width) enter(at + width)
  }
  return reached
}

/** Whether nearly no line of the field is interrupted. */
function isSolid(isField: Uint8Array, width: number, height: number): boolean {
  const solidity = (lines: number, length: number, at: (line: number, place: number) => number) => {
    let spanned = 0
    let filled = 0
    for (let line = 0; line < lines; line += 1) {
      let first = -1
      let last = -1
      for (let place = 0; place < length; place += 1) {
        if (isField[at(line, place)] === 0) continue
        if (first < 0) first = place
        last = place
        filled += 1
      }
      if (first >= 0) spanned += last - first + 1
    }
    return filled / Math.max(1, spanned)
  }
  const byRow = solidity(height, width, (row, column) => row * width + column)
  const byColumn = solidity(width, height, (column, row) => row * width + column)
  return Math.min(byRow, byColumn) > SOLID_SHARE
}
