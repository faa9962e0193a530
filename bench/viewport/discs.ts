import { encodeRle } from '@vesalius/contracts'

/** Masks of discs in rows and columns over a square picture, as a label holds them. */
export function drawDiscs(side: number, count: number): { id: string; class: number; rle: string }[] {
  const grid = new Uint8Array(side * side)
  const columns = Math.ceil(Math.sqrt(count))
  const cell = side / columns
  return Array.from({ length: count }, (_, index) => {
    const [x, y] = [((index % columns) + 0.5) * cell, (Math.floor(index / columns) + 0.5) * cell]
    const radius = cell * 0.4
    const [left, right] = [Math.round(x - radius), Math.round(x + radius)]
    const [top, bottom] = [Math.round(y - radius), Math.round(y + radius)]
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        grid[row * side + column] = Number((row - y) ** 2 + (column - x) ** 2 <= radius ** 2)
      }
    }
    return { id: `m${index}`, class: 0, rle: encodeRle(grid, [side, side], { box: { left, top, right, bottom } }) }
  })
}
