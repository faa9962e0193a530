/** A rectangle of a picture, in its pixels. */
export interface Tile {
  left: number
  top: number
  width: number
  height: number
}

/**
 * Tiles of at most `size`² that cover a picture, neighbours sharing at least `overlap` pixels; one when it fits.
 * `overlap` < `size`.
 */
export function planTiles(width: number, height: number, size: number, overlap: number): Tile[] {
  const columns = planAxis(width, size, overlap)
  return planAxis(height, size, overlap).flatMap((row) =>
    columns.map((column) => ({ left: column.start, top: row.start, width: column.length, height: row.length })),
  )
}

function planAxis(length: number, size: number, overlap: number): { start: number; length: number }[] {
  if (length <= size) return [{ start: 0, length }]
  const count = Math.ceil((length - overlap) / (size - overlap))
  return Array.from({ length: count }, (_, index) => ({
    start: Math.round(((length - size) * index) / (count - 1)),
    length: size,
  }))
}

/** Copies a tile out of [row, column, channel] pixels of a picture `width` wide. */
export function cutTile(pixels: Uint8Array, width: number, channels: number, tile: Tile): Uint8Array
export function cutTile(pixels: Int32Array, width: number, channels: number, tile: Tile): Int32Array
export function cutTile(
  pixels: Uint8Array | Int32Array,
  width: number,
  channels: number,
  tile: Tile,
): Uint8Array | Int32Array {
  const line = tile.width * channels
  const length = line * tile.height
  const cut = pixels instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length)
  for (let row = 0; row < tile.height; row += 1) {
    const start = ((tile.top + row) * width + tile.left) * channels
    cut.set(pixels.subarray(start, start + line), row * line)
  }
  return cut
}
