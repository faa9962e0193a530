/** Pixels of a tile's side; those at the right and lower edge are smaller. */
export const TILE_SIDE = 512

/** Sizes of the pyramid's levels: 0 is the picture itself, each next half as large, the last is one tile. */
export function levelSizes(width: number, height: number): { width: number; height: number }[] {
  const sizes = [{ width, height }]
  for (let last = sizes[0]; last && Math.max(last.width, last.height) > TILE_SIDE; last = sizes.at(-1)) {
    sizes.push({ width: Math.ceil(last.width / 2), height: Math.ceil(last.height / 2) })
  }
  return sizes
}
