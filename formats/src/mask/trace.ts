import type { Polygon, Ring } from './rasterise.ts'
import { cutWindow, type MaskWindow, type Size } from './runs.ts'

const STEP_X = [1, 0, -1, 0] as const
const STEP_Y = [0, 1, 0, -1] as const

/**
 * Outlines of a mask along the edges of its pixels, each part with its holes; parts that touch at a corner only are two.
 * Painting them again gives the same mask, pixel by pixel. Points are whole numbers. Throws RleError for a damaged mask.
 */
export function traceMask(rle: string, size: Size): Polygon[] {
  const window = cutWindow(rle, size)
  return window ? groupRings(new EdgeGrid(window)) : []
}

/**
 * One closed line that goes round every ring, from one to the next on a line drawn there and back: for formats whose
 * shapes are a single polygon. By the even-odd rule it covers what the rings cover.
 */
export function joinRings(polygons: readonly Polygon[]): Ring {
  const rings = polygons.flat()
  const [first] = rings
  if (!first) return []
  const [x = 0, y = 0] = first
  const line = [...first]
  for (const ring of rings.slice(1)) {
    line.push(x, y)
    for (const value of ring) line.push(value)
    line.push(ring[0] ?? 0, ring[1] ?? 0)
  }
  return line
}

/** Pixels of a window with an empty border, and which ring runs along the top edge of each. */
class EdgeGrid {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly rings: Ring[] = []
  readonly #stride: number
  readonly #pixels: Uint8Array
  readonly #ringAbove: Int32Array

  constructor({ left, top, right, bottom, data }: MaskWindow) {
    this.left = left
    this.top = top
    this.width = right - left
    this.height = bottom - top
    this.#stride = this.width + 2
    this.#pixels = new Uint8Array(this.#stride * (this.height + 2))
    this.#ringAbove = new Int32Array(this.#pixels.length)
    for (let row = 0; row < this.height; row += 1) {
      this.#pixels.set(data.subarray(row * this.width, (row + 1) * this.width), this.#at(0, row))
    }
    this.#followAll()
  }

  isInside(x: number, y: number): boolean {
    return this.#pixels[this.#at(x, y)] === 1
  }

  /** Number, from 1, of the ring along the top edge of a pixel; 0 where there is none. */
  ringAbove(x: number, y: number): number {
    return this.#ringAbove[this.#at(x, y)] ?? 0
  }

  #at(x: number, y: number): number {
    return (y + 1) * this.#stride + x + 1
  }

  #followAll(): void {
    for (let y = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1) {
        if (!this.isInside(x, y) || this.isInside(x, y - 1) || this.ringAbove(x, y) > 0) continue
        this.rings.push(this.#follow(x, y, this.rings.length + 1))
      }
    }
  }

  /** Goes round with the mask on the right, and turns right wherever it can. */
  #follow(startX: number, startY: number, number: number): Ring {
    const ring: Ring = []
    let [x, y, direction, before] = [startX, startY, 0, -1]
    do {
      if (direction !== before) ring.push(x, y)
      if (direction === 0) this.#ringAbove[this.#at(x, y)] = number
      x += STEP_X[direction] ?? 0
      y += STEP_Y[direction] ?? 0
      before = direction
      const isRightInside = this.isInside(
        x - (direction === 1 || direction === 2 ? 1 : 0),
        y - (direction >= 2 ? 1 : 0),
      )
      const isLeftInside = this.isInside(x - (direction >= 2 ? 1 : 0), y - (direction === 0 || direction === 3 ? 1 : 0))
      if (!isRightInside) direction = (direction + 1) % 4
      else if (isLeftInside) direction = (direction + 3) % 4
    } while (x !== startX || y !== startY || direction !== 0)
    return ring
  }
}

function groupRings(grid: EdgeGrid): Polygon[] {
  const owners: number[] = []
  const parts = new Map<number, Polygon>()
  grid.rings.forEach((ring, index) => {
    const owner = signedArea(ring) > 0 ? index : -1
    owners.push(owner)
    if (owner >= 0) parts.set(index, [shift(ring, grid)])
  })
  const ownerOf = (index: number): number => {
    const path: number[] = []
    let at = index
    while ((owners[at] ?? 0) < 0) {
      path.push(at)
      at = ringOver(grid, grid.rings[at] ?? [])
    }
    const owner = owners[at] ?? 0
    for (const passed of path) owners[passed] = owner
    return owner
  }
  grid.rings.forEach((ring, index) => {
    if (!parts.has(index)) parts.get(ownerOf(index))?.push(shift(ring, grid))
  })
  return [...parts.values()]
}

/** Index of the ring met by going up through the mask from the highest edge of a hole. */
function ringOver(grid: EdgeGrid, hole: Ring): number {
  let top = 1
  for (let at = 1; at < hole.length; at += 2) if ((hole[at] ?? 0) < (hole[top] ?? 0)) top = at
  const isNextLevel = hole[(top + 2) % hole.length] === hole[top]
  const other = isNextLevel ? (top + 1) % hole.length : (top - 3 + hole.length) % hole.length
  const x = Math.min(hole[top - 1] ?? 0, hole[other] ?? 0)
  let y = (hole[top] ?? 0) - 1
  while (grid.ringAbove(x, y) === 0) y -= 1
  return grid.ringAbove(x, y) - 1
}

/** Twice the area; positive for an outline that goes clockwise as seen on screen. */
function signedArea(ring: Ring): number {
  let area = 0
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length
    area += (ring[at] ?? 0) * (ring[next + 1] ?? 0) - (ring[next] ?? 0) * (ring[at + 1] ?? 0)
  }
  return area
}

function shift(ring: Ring, { left, top }: { left: number; top: number }): Ring {
  return ring.map((value, at) => value + (at % 2 === 0 ? left : top))
}
