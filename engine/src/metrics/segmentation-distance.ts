const FAR = 1e12

/**
 * Squared Euclidean distance from the middle of every pixel to that of the nearest pixel that is 0, exact.
 * `mask`: [height, width] row-major. Returns [height, width] float64; 1e12 or more where no pixel is 0.
 * Source: Felzenszwalb and Huttenlocher, Distance Transforms of Sampled Functions, 2012, algorithm 1.
 */
export function squaredDistances(mask: ArrayLike<number>, width: number, height: number): Float64Array {
  const distances = Float64Array.from({ length: width * height }, (_, at) => (mask[at] === 0 ? 0 : FAR))
  const longest = Math.max(width, height)
  const line = new Float64Array(longest)
  const centres = new Int32Array(longest)
  const borders = new Float64Array(longest + 1)
  for (let column = 0; column < width; column += 1) {
    lowerEnvelope(distances, column, width, height, { line, centres, borders })
  }
  for (let row = 0; row < height; row += 1) {
    lowerEnvelope(distances, row * width, 1, width, { line, centres, borders })
  }
  return distances
}

interface Scratch {
  line: Float64Array
  centres: Int32Array
  borders: Float64Array
}

/** Replaces values f(q) along a line by the minimum over p of (q − p)² + f(p). */
function lowerEnvelope(values: Float64Array, start: number, step: number, count: number, scratch: Scratch): void {
  const { line, centres, borders } = scratch
  for (let place = 0; place < count; place += 1) line[place] = values[start + place * step] as number
  let last = 0
  centres[0] = 0
  borders[0] = Number.NEGATIVE_INFINITY
  borders[1] = Number.POSITIVE_INFINITY
  const heightOf = (place: number) => (line[place] as number) + place * place
  for (let place = 1; place < count; place += 1) {
    const crossing = () => {
      const centre = centres[last] as number
      return (heightOf(place) - heightOf(centre)) / (2 * (place - centre))
    }
    let border = crossing()
    while (border <= (borders[last] as number)) {
      last -= 1
      border = crossing()
    }
    last += 1
    centres[last] = place
    borders[last] = border
    borders[last + 1] = Number.POSITIVE_INFINITY
  }
  let parabola = 0
  for (let place = 0; place < count; place += 1) {
    while ((borders[parabola + 1] as number) < place) parabola += 1
    const centre = centres[parabola] as number
    values[start + place * step] = (place - centre) ** 2 + (line[centre] as number)
  }
}
