import type { Point } from '../region-shapes.ts'
import { brightnessOf, type Part, type Picture, partAround } from './picture.ts'
import { type Place, toImagePoint, toPicture, WHOLE } from './place.ts'

/**
 * Intelligent scissors: the cheapest way along the edges of a picture from an anchor to wherever the pointer is.
 * Source: Mortensen and Barrett, "Intelligent scissors for image composition", SIGGRAPH 1995: cost of zero crossings of
 * the Laplacian, of the gradient's size and of its direction, with the weights of section 3.
 */
export interface Wire {
  /** In pixels of the image. */
  anchor: Point
  /** Of the picture that was looked at. */
  part: Part
  place: Place
  /** [row, column] of the part: which of the eight neighbours leads back to the anchor; −1 at the anchor. */
  back: Int8Array
}

/** The picture is looked at no further than this from an anchor, so that an anchor costs little in pictures of any size. */
export const WIRE_REACH = 192
const [CROSSING, DIRECTION, GRADIENT] = [0.43, 0.43, 0.14]
/** Costs are whole numbers up to this, so that what is to be visited can wait in buckets. */
const DEAREST = 255
const NEIGHBOURS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const
/** Ways but for which of both ends they lead to. */
const WAYS = [0, 1, 2, 3] as const
/** A diagonal step is longer, and would otherwise be preferred. */
const LENGTHS = [1, Math.SQRT2, 1, Math.SQRT2, 1, Math.SQRT2, 1, Math.SQRT2].map((length) => length / Math.SQRT2)

/** Finds the cheapest ways from an anchor to all places around it, in a picture that is the whole image. */
export function startWire(picture: Picture, anchor: Point): Wire {
  const part = partAround(anchor, WIRE_REACH, picture)
  const columns = part.right - part.left
  const rows = part.bottom - part.top
  const edges = findEdges(brightnessOf(picture, part), columns, rows)
  const start = (Math.floor(anchor.y) - part.top) * columns + Math.floor(anchor.x) - part.left
  return { anchor, part, place: WHOLE, back: shortestPaths(edges, columns, rows, start) }
}

/** Places from the anchor to `to` along the wire, through the middles of pixels; straight on where it does not reach. */
export function pathTo({ anchor, part, place, back }: Wire, to: Point): Point[] {
  const columns = part.right - part.left
  const end = toPicture(place, to)
  let column = Math.min(part.right - 1, Math.max(part.left, Math.floor(end.x)))
  let row = Math.min(part.bottom - 1, Math.max(part.top, Math.floor(end.y)))
  const path: Point[] = [to]
  for (;;) {
    path.push(toImagePoint(place, { x: column + 0.5, y: row + 0.5 }))
    const way = NEIGHBOURS[back[(row - part.top) * columns + column - part.left] as number]
    if (!way) break
    column += way[0]
    row += way[1]
  }
  path.push(anchor)
  return path.reverse()
}

interface Edges {
  /** [row, column] 0..1: what each pixel costs but for the direction. */
  cost: Float32Array
  /** [way of four][row, column] 0..1: how far a way and the one against it lie off the edge, 1 is across it. */
  bends: readonly Float32Array[]
}

function findEdges(values: Float32Array, columns: number, rows: number): Edges {
  const smooth = blur(blur(values, columns, rows), columns, rows)
  const at = (column: number, row: number) =>
    smooth[Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))] as number
  const count = columns * rows
  const size = new Float32Array(count)
  const laplacian = new Float32Array(count)
  const [alongX, alongY] = [new Float32Array(count), new Float32Array(count)]
  let strongest = 1e-6
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const place = row * columns + column
      const x = (at(column + 1, row) - at(column - 1, row)) / 2
      const y = (at(column, row + 1) - at(column, row - 1)) / 2
      const length = Math.hypot(x, y)
      size[place] = length
      strongest = Math.max(strongest, length)
      laplacian[place] =
        at(column + 1, row) + at(column - 1, row) + at(column, row + 1) + at(column, row - 1) - 4 * at(column, row)
      alongX[place] = length > 0 ? y / length : 0
      alongY[place] = length > 0 ? -x / length : 0
    }
  }
  const cost = new Float32Array(count)
  for (let place = 0; place < count; place += 1) {
    const isCrossing = crosses(laplacian, place, columns)
    cost[place] = CROSSING * (isCrossing ? 0 : 1) + GRADIENT * (1 - (size[place] as number) / strongest)
  }
  return { cost, bends: WAYS.map((way) => bendsOf(alongX, alongY, way)) }
}

/** The angle between a way and the edge at every place, as a share of a right one. `along`: unit vectors. */
function bendsOf(alongX: Float32Array, alongY: Float32Array, way: number): Float32Array {
  const [x, y] = NEIGHBOURS[way] as readonly [number, number]
  const length = Math.hypot(x, y)
  return alongX.map((along, place) => {
    const cosine = Math.abs(along * x + (alongY[place] as number) * y) / length
    return Math.acos(Math.min(1, cosine)) / (Math.PI / 2)
  })
}

/** Whether the second derivative changes its sign here, nearer to zero than at the neighbour. */
function crosses(laplacian: Float32Array, place: number, columns: number): boolean {
  const here = laplacian[place] as number
  for (const by of [1, -1, columns, -columns]) {
    const there = laplacian[place + by]
    if (there !== undefined && here * there < 0 && Math.abs(here) <= Math.abs(there)) return true
  }
  return false
}

/** Mean over 3 × 3 pixels; at the border over those there are. */
function blur(values: Float32Array, columns: number, rows: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0
      let count = 0
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
          sum += values[y * columns + x] as number
          count += 1
        }
      }
      result[row * columns + column] = sum / count
    }
  }
  return result
}

/** Dijkstra's algorithm; costs of steps are whole numbers, so places wait in a ring of buckets. */
function shortestPaths(edges: Edges, columns: number, rows: number, start: number): Int8Array {
  const count = columns * rows
  const back = new Int8Array(count).fill(-1)
  const total = new Int32Array(count).fill(2 ** 31 - 1)
  const isDone = new Uint8Array(count)
  const buckets: number[][] = Array.from({ length: DEAREST + 2 }, () => [])
  total[start] = 0
  buckets[0]?.push(start)
  let waiting = 1
  for (let cost = 0; waiting > 0; cost += 1) {
    const bucket = buckets[cost % buckets.length] as number[]
    for (let place = bucket.pop(); place !== undefined; place = bucket.pop()) {
      waiting -= 1
      if (isDone[place] !== 0 || total[place] !== cost) continue
      isDone[place] = 1
      const column = place % columns
      const row = (place - column) / columns
      for (let way = 0; way < NEIGHBOURS.length; way += 1) {
        const [x, y] = NEIGHBOURS[way] as readonly [number, number]
        if (column + x < 0 || column + x >= columns || row + y < 0 || row + y >= rows) continue
        const next = place + y * columns + x
        if (isDone[next] !== 0) continue
        const sum = cost + stepCost(edges, place, next, way)
        if (sum >= (total[next] as number)) continue
        total[next] = sum
        back[next] = (way + 4) % NEIGHBOURS.length
        buckets[sum % buckets.length]?.push(next)
        waiting += 1
      }
    }
  }
  return back
}

/** 1..255: cheap along an edge, dear across it and where there is none. */
function stepCost({ cost, bends }: Edges, from: number, to: number, way: number): number {
  const off = bends[way % WAYS.length] as Float32Array
  const bend = ((off[from] as number) + (off[to] as number)) / 2
  const share = ((cost[to] as number) + DIRECTION * bend) * (LENGTHS[way] as number)
  return Math.max(1, Math.min(DEAREST, Math.round(share * DEAREST)))
}
