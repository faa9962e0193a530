/** A stretch of tiles along one axis of a picture. */
export interface TileSpan {
  start: number
  length: number
  /** [place]: how much the tile counts at each of its places; those of all tiles sum to 1 at every place. */
  weights: Float32Array
}

/**
 * Tiles of `size` that cover `length` places, neighbours sharing at least `overlap`. In the middle of what two share,
 * over `overlap` places, one fades into the other; their outermost places, which saw least, count nothing.
 * One tile of `size` when the picture is no longer; else throws RangeError unless 0 < overlap < size / 2.
 */
export function planTileSpans(length: number, size: number, overlap: number): TileSpan[] {
  if (length <= size) return [{ start: 0, length: size, weights: new Float32Array(size).fill(1) }]
  if (!(overlap > 0 && overlap < size / 2)) throw new RangeError(`tiles of ${size} cannot share ${overlap}`)
  const count = Math.ceil((length - overlap) / (size - overlap))
  const starts = Array.from({ length: count }, (_, index) => Math.round(((length - size) * index) / (count - 1)))
  return starts.map((start, index) => {
    const fadeIn = fadeStart(starts[index - 1], start, size, overlap)
    const fadeOut = fadeStart(start, starts[index + 1], size, overlap)
    const weights = Float32Array.from({ length: size }, (_, place) => {
      const at = start + place + 0.5
      return ramp(at, fadeIn, overlap) - ramp(at, fadeOut, overlap)
    })
    return { start, length: size, weights }
  })
}

/** Where one tile begins to fade into the next; −∞ before the first, +∞ after the last. */
function fadeStart(tile: number | undefined, next: number | undefined, size: number, overlap: number): number {
  if (tile === undefined) return Number.NEGATIVE_INFINITY
  if (next === undefined) return Number.POSITIVE_INFINITY
  return Math.floor((next + tile + size - overlap) / 2)
}

function ramp(at: number, start: number, length: number): number {
  if (start === Number.NEGATIVE_INFINITY) return 1
  return Math.min(1, Math.max(0, (at - start) / length))
}
