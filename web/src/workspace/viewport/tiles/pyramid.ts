import type { ImageTiles } from '@vesalius/contracts'
import type { Size, View } from '../view.ts'

/** A part of an image, in its pixels. */
export interface Part extends Size {
  left: number
  top: number
}

export interface TileId {
  /** 0 is the image itself, each next half as large. */
  level: number
  column: number
  row: number
}

export const keyOfTile = ({ level, column, row }: TileId) => `${level}/${column}/${row}`

/** The level of which a pixel is no larger than one of the screen, so that nothing is shown coarser than it could be. */
export function levelFor({ levels }: Pick<ImageTiles, 'levels'>, { scale }: View, density: number): number {
  const level = Math.floor(Math.log2(1 / (scale * density)) + 0.01)
  return Math.min(levels.length - 1, Math.max(0, level))
}

/** The tiles of a level that a part of the image touches, those in its middle first. */
export function tilesIn(
  { side, levels }: ImageTiles,
  level: number,
  part: { left: number; top: number; right: number; bottom: number },
): TileId[] {
  const size = levels[level]
  if (!size || part.right <= part.left || part.bottom <= part.top) return []
  const span = side * 2 ** level
  const [firstColumn, firstRow] = [Math.floor(part.left / span), Math.floor(part.top / span)]
  const lastColumn = Math.min(Math.ceil(size.width / side) - 1, Math.floor((part.right - 1) / span))
  const lastRow = Math.min(Math.ceil(size.height / side) - 1, Math.floor((part.bottom - 1) / span))
  const tiles: TileId[] = []
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) tiles.push({ level, column, row })
  }
  const middle = { x: (part.left + part.right) / 2 / span - 0.5, y: (part.top + part.bottom) / 2 / span - 0.5 }
  const distance = ({ column, row }: TileId) => Math.hypot(column - middle.x, row - middle.y)
  return tiles.sort((a, b) => distance(a) - distance(b))
}

/** The part of the image that the tiles cover which a part of it touches, within the image. */
export function wholeTiles(
  { side, levels }: ImageTiles,
  level: number,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
) {
  const span = side * 2 ** level
  const { width, height } = levels[0] ?? { width: 0, height: 0 }
  return {
    left: Math.floor(left / span) * span,
    top: Math.floor(top / span) * span,
    right: Math.min(width, Math.ceil(right / span) * span),
    bottom: Math.min(height, Math.ceil(bottom / span) * span),
  }
}

/** What of the image a tile covers. Tiles of upper levels may reach over its edge by less than one of their pixels. */
export function partOfTile({ side, levels }: ImageTiles, { level, column, row }: TileId): Part {
  const size = levels[level] ?? { width: 0, height: 0 }
  const factor = 2 ** level
  return {
    left: column * side * factor,
    top: row * side * factor,
    width: Math.min(side, size.width - column * side) * factor,
    height: Math.min(side, size.height - row * side) * factor,
  }
}
