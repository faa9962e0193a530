import type { PaintedLabel } from './read-masks.ts'

/** Pixels that the thinnest regions should keep across. */
const THICKNESS = 24
/** Pictures are not made smaller than this, or what surrounds a region is lost. */
const SMALLEST_PICTURE = 256
/** Of all regions, as thin as this part of them. */
const THIN_SHARE = 0.1

/** Pixels across that instances are brought to, picture by picture: what a network of this depth sees best and whole. */
export const USUAL_DIAMETER = 30
/** How much smaller or larger than the file a picture may become. */
const [LEAST_SCALE, MOST_SCALE] = [0.05, 3]

/** The scale at which instances of this many pixels across have as many as wanted. */
export function scaleToDiameter(found: number, wanted: number): number {
  return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, wanted / found))
}

/**
 * The scale for the first look at a picture whose instances are not known: in the middle of those that pictures needed, so
 * that most lie within a factor of two. 1 for none.
 */
export function middleScale(scales: readonly number[]): number {
  return Math.sqrt(quantile(scales, 0.05) * quantile(scales, 0.95))
}

/** Twice the area over the length of the outline: the width of a strip, the radius of a disc. [class], those present. */
export function measureThickness({ regions, instances, width, height }: PaintedLabel): number[] {
  const maps: (Uint8Array | Int32Array)[] = instances ? [instances] : regions
  return maps.flatMap((map) => {
    let area = 0
    let edges = 0
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const at = row * width + column
        const value = map[at] as number
        if (value !== 0) area += 1
        if (column > 0 && map[at - 1] !== value) edges += 1
        if (row > 0 && map[at - width] !== value) edges += 1
      }
    }
    // Steps of a slanted outline count 4/π times its length, on the mean over all directions.
    return area > 0 ? [(2 * area) / Math.max(1, (edges * Math.PI) / 4)] : []
  })
}

/** How much pictures are reduced for the network, in (0, 1]: so far that thin regions keep their shape. */
export function chooseScale(thicknesses: readonly number[], longSides: readonly number[]): number {
  const thin = quantile(thicknesses, THIN_SHARE)
  const least = SMALLEST_PICTURE / quantile(longSides, 0.5)
  return Math.min(1, Math.max(THICKNESS / thin, least))
}

/** The value below which `share` of the values lie; 1 for none. */
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 1
}
