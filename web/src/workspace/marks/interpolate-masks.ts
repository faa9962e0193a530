import { boundsOf, type Region, union } from './region.ts'
import { moved } from './region-morph.ts'
import { paintRegion, regionFromGrid } from './region-parts.ts'

/**
 * The mask that lies between two masks of one object, `share` 0..1 of the way from the first to the second: the pixels
 * where the mean of both signed distances is positive. Masks that lie apart are first brought to a common place in
 * between, so that a moving object does not vanish half way. Source: Raya and Udupa, "Shape-based interpolation of
 * multidimensional objects", IEEE Transactions on Medical Imaging, 1990.
 */
export function interpolateMasks(from: Region, to: Region, share: number): Region {
  const [a, b] = [boundsOf(from), boundsOf(to)]
  if (!a || !b) return share < 0.5 ? from : to
  const shift = {
    x: Math.round((b.left + b.right - a.left - a.right) / 2),
    y: Math.round((b.top + b.bottom - a.top - a.bottom) / 2),
  }
  const toward = { x: Math.round(shift.x * share), y: Math.round(shift.y * share) }
  // Both around one centre, within a frame wide enough for the distances.
  const whole = boundsOf(union(from, moved(to, -shift.x, -shift.y)))
  if (!whole) return from
  const margin = 2
  const width = whole.right - whole.left + 2 * margin
  const height = whole.bottom - whole.top + 2 * margin
  const first = signedDistances(moved(from, margin - whole.left, margin - whole.top), width, height)
  const second = signedDistances(moved(to, margin - whole.left - shift.x, margin - whole.top - shift.y), width, height)
  const grid = Uint8Array.from(first, (distance, at) =>
    Number((1 - share) * distance + share * (second[at] as number) > 0),
  )
  const between = regionFromGrid(grid, width, { left: 0, top: 0, right: width, bottom: height })
  return moved(between, whole.left - margin + toward.x, whole.top - margin + toward.y)
}

/** [row, column] pixels to the nearest pixel of the other kind: positive inside the region, negative outside. */
function signedDistances(region: Region, width: number, height: number): Float64Array {
  const grid = new Uint8Array(width * height)
  paintRegion(grid, width, region, 1)
  const toOutside = squaredDistances(grid, width, height, 0)
  const toInside = squaredDistances(grid, width, height, 1)
  return toOutside.map((outside, at) => Math.sqrt(outside) - Math.sqrt(toInside[at] as number))
}

/** Squares of the distances to the nearest pixel of a value. Source: Felzenszwalb and Huttenlocher 2012. */
function squaredDistances(grid: Uint8Array, width: number, height: number, value: number): Float64Array {
  const far = (width + height) ** 2
  const squares = Float64Array.from(grid, (pixel) => (pixel === value ? 0 : far))
  const line = new Float64Array(Math.max(width, height))
  for (let column = 0; column < width; column += 1) {
    for (let row = 0; row < height; row += 1) line[row] = squares[row * width + column] as number
    lowerEnvelope(line, height).forEach((square, row) => {
      squares[row * width + column] = square
    })
  }
  for (let row = 0; row < height; row += 1) {
    line.set(squares.subarray(row * width, (row + 1) * width))
    squares.set(lowerEnvelope(line, width), row * width)
  }
  return squares
}

/** Least of the parabolas that stand on a line's values, at every place. */
function lowerEnvelope(values: Float64Array, length: number): Float64Array {
  const places = new Int32Array(length)
  const from = new Float64Array(length + 1)
  const result = new Float64Array(length)
  let last = 0
  from[0] = Number.NEGATIVE_INFINITY
  from[1] = Number.POSITIVE_INFINITY
  const meeting = (a: number, b: number) =>
    ((values[a] as number) + a * a - (values[b] as number) - b * b) / (2 * (a - b))
  for (let at = 1; at < length; at += 1) {
    let start = meeting(at, places[last] as number)
    while (start <= (from[last] as number)) {
      last -= 1
      start = meeting(at, places[last] as number)
    }
    last += 1
    places[last] = at
    from[last] = start
    from[last + 1] = Number.POSITIVE_INFINITY
  }
  last = 0
  for (let at = 0; at < length; at += 1) {
    while ((from[last + 1] as number) < at) last += 1
    const place = places[last] as number
    result[at] = (at - place) ** 2 + (values[place] as number)
  }
  return result
}
