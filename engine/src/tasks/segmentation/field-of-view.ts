import type { SeenPicture } from './seen-picture.ts'

/** Pixels looked at along each side. */
const LOOKED_AT = 512
/** Of the brightness that nearly all pixels keep under. */
const DARK_SHARE = 0.25
const SMALLEST_SHARE = 0.2
const LARGEST_SHARE = 0.97
/** Of the pixels between the first and the last of a line, so many must belong to the field. */
const SOLID_SHARE = 0.95

/** Every so many pixels of a picture, across and down. */
interface Grid {
  columns: number
  rows: number
  /** Position in the picture's bytes of the pixel at a place of the grid. */
  at: (place: number) => number
}

/**
 * How many pixels on a coarse grid have each level: [channel][level 0..255]. The dark frame that a round instrument (a fundus
 * camera, an endoscope) leaves around its field of view does not count. Dark pixels that reach the border are such a frame
 * only when what they enclose is one solid piece; the dark ground of a microscope is not.
 */
export function countLevels(picture: SeenPicture): Uint32Array[] {
  const { pixels, channels } = picture
  const grid = layGrid(picture)
  const { columns, rows } = grid
  const brightness = new Uint8Array(columns * rows)
  for (let place = 0; place < brightness.length; place += 1) {
    const at = grid.at(place)
    let most = 0
    for (let channel = 0; channel < channels; channel += 1) most = Math.max(most, pixels[at + channel] as number)
    brightness[place] = most
  }
  const bright = levelAt(countValues(brightness), 0.95)
  const isField = floodFromBorder(
    brightness.map((value) => (value < bright * DARK_SHARE ? 1 : 0)),
    columns,
    rows,
  ).map((value) => 1 - value)
  const share = isField.reduce((sum, value) => sum + value, 0) / Math.max(1, isField.length)
  const isFramed = share > SMALLEST_SHARE && share < LARGEST_SHARE && isSolid(isField, columns, rows)
  const counts = Array.from({ length: channels }, () => new Uint32Array(256))
  for (let place = 0; place < isField.length; place += 1) {
    if (isFramed && isField[place] === 0) continue
    const at = grid.at(place)
    for (const [channel, count] of counts.entries()) {
      const level = pixels[at + channel] as number
      count[level] = (count[level] as number) + 1
    }
  }
  return counts
}

/** The level below which `share` of the counted pixels lie; 0 for none. */
export function levelAt(counts: Uint32Array, share: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  let left = Math.min(total - 1, Math.floor(total * share))
  return Math.max(
    0,
    counts.findIndex((count) => {
      left -= count
      return left < 0
    }),
  )
}

function countValues(values: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (const value of values) counts[value] = (counts[value] as number) + 1
  return counts
}

function layGrid({ width, height, channels }: SeenPicture): Grid {
  const stepX = Math.max(1, Math.ceil(width / LOOKED_AT))
  const stepY = Math.max(1, Math.ceil(height / LOOKED_AT))
  const columns = Math.ceil(width / stepX)
  const rows = Math.ceil(height / stepY)
  const at = (place: number) => (Math.floor(place / columns) * stepY * width + (place % columns) * stepX) * channels
  return { columns, rows, at }
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
