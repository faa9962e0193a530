import type { Size } from '../region-shapes.ts'
import { type Part, type Picture, partAround } from './picture.ts'
import { type Place, WHOLE } from './place.ts'

/**
 * Small patches of alike pixels, for masks picked by clicks. Simple linear iterative clustering, then patches that hang
 * together. Source: Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel methods", PAMI 2012; the
 * colour distance is measured in linear steps of RGB here, not in CIELAB.
 */
export interface Superpixels {
  part: Part
  /** [row, column] of the part: number of the patch. */
  labels: Int32Array
  /** Where the picture that was looked at lies in an image of `size`. */
  place: Place
  size: Size
}

const ROUNDS = 6
/** Weight of nearness against likeness: at a distance of one patch as much as this many levels of colour. */
const COMPACTNESS = 18
/** Of each centre: red, green, blue, column, row. */
const FIELDS = 5

/** `side`: of a patch, in pixels. */
export function findSuperpixels(picture: Picture, part: Part, side: number): Superpixels {
  const columns = part.right - part.left
  const rows = part.bottom - part.top
  const labels = new Int32Array(columns * rows).fill(-1)
  const nearest = new Float32Array(columns * rows)
  const across = Math.max(1, Math.round(columns / side))
  const down = Math.max(1, Math.round(rows / side))
  const centres = new Float32Array(across * down * FIELDS)
  const colour = (column: number, row: number) => 4 * ((row + part.top) * picture.width + column + part.left)
  for (let index = 0; index < across * down; index += 1) {
    const column = Math.min(columns - 1, Math.floor((((index % across) + 0.5) * columns) / across))
    const row = Math.min(rows - 1, Math.floor(((Math.floor(index / across) + 0.5) * rows) / down))
    const at = colour(column, row)
    for (let channel = 0; channel < 3; channel += 1) {
      centres[index * FIELDS + channel] = picture.data[at + channel] as number
    }
    centres[index * FIELDS + 3] = column
    centres[index * FIELDS + 4] = row
  }
  const weight = (COMPACTNESS / side) ** 2
  for (let round = 0; round < ROUNDS; round += 1) {
    nearest.fill(Number.POSITIVE_INFINITY)
    for (let index = 0; index < across * down; index += 1) claim(index)
    recentre()
  }
  return {
    part,
    place: WHOLE,
    size: { width: picture.width, height: picture.height },
    labels: joinParts(labels, columns, rows, (side * side) / 4),
  }

  function claim(index: number): void {
    const base = index * FIELDS
    const [red, green, blue] = [centres[base] as number, centres[base + 1] as number, centres[base + 2] as number]
    const [x, y] = [centres[base + 3] as number, centres[base + 4] as number]
    const { left, top, right, bottom } = partAround({ x, y }, side, { width: columns, height: rows })
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const at = colour(column, row)
        const far =
          ((picture.data[at] as number) - red) ** 2 +
          ((picture.data[at + 1] as number) - green) ** 2 +
          ((picture.data[at + 2] as number) - blue) ** 2 +
          weight * ((column - x) ** 2 + (row - y) ** 2)
        const place = row * columns + column
        if (far >= (nearest[place] as number)) continue
        nearest[place] = far
        labels[place] = index
      }
    }
  }

  function recentre(): void {
    const sums = new Float64Array(centres.length)
    const counts = new Float64Array(across * down)
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const label = labels[row * columns + column] as number
        if (label < 0) continue
        const at = colour(column, row)
        const base = label * FIELDS
        for (let channel = 0; channel < 3; channel += 1) {
          sums[base + channel] = (sums[base + channel] as number) + (picture.data[at + channel] as number)
        }
        sums[base + 3] = (sums[base + 3] as number) + column
        sums[base + 4] = (sums[base + 4] as number) + row
        counts[label] = (counts[label] as number) + 1
      }
    }
    centres.forEach((_, at) => {
      const count = counts[Math.floor(at / FIELDS)] as number
      if (count > 0) centres[at] = (sums[at] as number) / count
    })
  }
}

/** Gives every part that hangs together a number of its own; one smaller than `least` joins the part before it. */
function joinParts(labels: Int32Array, columns: number, rows: number, least: number): Int32Array {
  const joined = new Int32Array(labels.length).fill(-1)
  const members: number[] = []
  let count = 0
  for (let start = 0; start < labels.length; start += 1) {
    if (joined[start] !== -1) continue
    members.length = 0
    members.push(start)
    joined[start] = count
    let neighbour = -1
    for (let next = 0; next < members.length; next += 1) {
      const place = members[next] as number
      const column = place % columns
      const visit = (other: number) => {
        if (joined[other] === -1 && labels[other] === labels[start]) {
          joined[other] = count
          members.push(other)
        } else if (joined[other] !== -1 && joined[other] !== count) neighbour = joined[other] as number
      }
      if (column > 0) visit(place - 1)
      if (column < columns - 1) visit(place + 1)
      if (place >= columns) visit(place - columns)
      if (place < (rows - 1) * columns) visit(place + columns)
    }
    if (members.length < least && neighbour >= 0) for (const place of members) joined[place] = neighbour
    else count += 1
  }
  return joined
}
