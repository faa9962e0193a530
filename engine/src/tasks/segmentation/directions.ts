import type { InstanceBox } from './instance-boxes.ts'

/** Larger instances are drawn this small before the heat spreads: the directions are as good, and time stays bounded. */
const LARGEST_SIDE = 32
/** Byte of a component that is 0; ±1 lie `HALF_RANGE` away. */
const MIDDLE = 127.5

/** [height, width] uint8 each: the two components of a unit vector, 0 is −1, 255 is 1. */
export interface Directions {
  across: Uint8Array
  down: Uint8Array
}

/**
 * At each pixel of an instance, the way to its middle without leaving it: heat flows from the pixel nearest to the mean of
 * all its pixels, and the way is uphill. Vectors have length 1; outside they are 0. `instances` [height, width]: 0
 * background, 1.. each instance; `boxes` as `boxesOf` gives them.
 * Source: Stringer et al., Cellpose, 2021, Methods, "Training: auxiliary vector flow representation".
 */
export function drawDirections(
  instances: Int32Array,
  width: number,
  boxes: ReadonlyMap<number, InstanceBox>,
): Directions {
  const across = new Uint8Array(instances.length).fill(Math.round(MIDDLE))
  const down = across.slice()
  for (const [instance, box] of boxes) {
    const { left, top, right, bottom } = box
    const shrink = Math.min(1, LARGEST_SIDE / Math.max(right - left, bottom - top))
    const [columns, rows] = [Math.ceil((right - left) * shrink), Math.ceil((bottom - top) * shrink)]
    const at = (x: number, y: number) => instances[y * width + x] === instance
    const inside = new Uint8Array((columns + 2) * (rows + 2))
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const x = left + Math.min(right - left - 1, Math.floor((column + 0.5) / shrink))
        const y = top + Math.min(bottom - top - 1, Math.floor((row + 0.5) / shrink))
        if (at(x, y)) inside[(row + 1) * (columns + 2) + column + 1] = 1
      }
    }
    const heat = spreadHeat(inside, columns + 2, rows + 2)
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        if (!at(x, y)) continue
        const column = Math.min(columns - 1, Math.floor((x - left) * shrink))
        const row = Math.min(rows - 1, Math.floor((y - top) * shrink))
        const place = (row + 1) * (columns + 2) + column + 1
        const dx = (heat[place + 1] as number) - (heat[place - 1] as number)
        const dy = (heat[place + columns + 2] as number) - (heat[place - columns - 2] as number)
        const length = Math.hypot(dx, dy)
        if (length === 0) continue
        across[y * width + x] = Math.round(MIDDLE + (MIDDLE * dx) / length)
        down[y * width + x] = Math.round(MIDDLE + (MIDDLE * dy) / length)
      }
    }
  }
  return { across, down }
}

/** −1..1 */
export const componentOf = (byte: number): number => (byte - MIDDLE) / MIDDLE

/**
 * Logarithm of 1 + the heat after as many rounds as the instance is long and high, each of which lights the middle and
 * gives every pixel the mean of its 3 × 3 neighbours. The border of `inside` is 0.
 */
function spreadHeat(inside: Uint8Array, width: number, height: number): Float32Array {
  const places: number[] = []
  let [sumX, sumY] = [0, 0]
  inside.forEach((value, at) => {
    if (value === 0) return
    places.push(at)
    sumX += at % width
    sumY += Math.floor(at / width)
  })
  const [meanX, meanY] = [sumX / places.length, sumY / places.length]
  const distance = (at: number) => ((at % width) - meanX) ** 2 + (Math.floor(at / width) - meanY) ** 2
  const middle = places.reduce((best, at) => (distance(at) < distance(best) ? at : best), places[0] ?? 0)
  let heat = new Float32Array(width * height)
  let next = new Float32Array(width * height)
  const sums = new Float32Array(width * height)
  for (let round = 0; round < width + height; round += 1) {
    heat[middle] = (heat[middle] as number) + 1
    for (let at = 1; at < heat.length - 1; at += 1) {
      sums[at] = (heat[at - 1] as number) + (heat[at] as number) + (heat[at + 1] as number)
    }
    for (const at of places) {
      next[at] = ((sums[at - width] as number) + (sums[at] as number) + (sums[at + width] as number)) / 9
    }
    ;[heat, next] = [next, heat]
  }
  return heat.map(Math.log1p)
}
