import type { Region } from './region.ts'
import { outlineOf } from './region-outline.ts'
import { type Point, polygons, type Size } from './region-shapes.ts'

/**
 * One closed outline of a mask as few vertices, between which the exact outline is kept until an edit replaces it: what
 * is not touched stays as it is, pixel by pixel.
 */
export interface Ring {
  vertices: readonly Point[]
  /** [vertex] places of the exact outline after that vertex and before the next one. */
  spans: readonly (readonly Point[])[]
}

/** How far the vertices' polygon may lie from the outline, in pixels. */
const TOLERANCE = 1
const FEWEST = 3

export function ringsOf(region: Region): Ring[] {
  return outlineOf(region).map((corners) => {
    const points = Array.from({ length: corners.length / 2 }, (_, at) => ({
      x: corners[2 * at] as number,
      y: corners[2 * at + 1] as number,
    }))
    return ringFrom(points, keptIndices(points))
  })
}

/** The mask that the rings enclose, by the even-odd rule. */
export function regionFromRings(rings: readonly Ring[], size: Size): Region {
  return polygons(
    rings.map(({ vertices, spans }) => vertices.flatMap((vertex, at) => [vertex, ...(spans[at] ?? [])])),
    size,
  )
}

export function moveVertex({ vertices, spans }: Ring, at: number, to: Point): Ring {
  const before = (at + vertices.length - 1) % vertices.length
  return {
    vertices: vertices.map((vertex, index) => (index === at ? to : vertex)),
    spans: spans.map((span, index) => (index === at || index === before ? [] : span)),
  }
}

/** Null when too few would be left to enclose anything. */
export function removeVertex({ vertices, spans }: Ring, at: number): Ring | null {
  if (vertices.length <= FEWEST) return null
  const before = (at + vertices.length - 1) % vertices.length
  const straight = spans.map((span, index) => (index === before ? [] : span))
  return { vertices: vertices.toSpliced(at, 1), spans: straight.toSpliced(at, 1) }
}

/** A vertex more where the outline comes nearest to a place; what lies beside it stays exact. */
export function addVertex({ vertices, spans }: Ring, span: number, near: Point): { ring: Ring; at: number } {
  const exact = spans[span] ?? []
  const places = [...exact.keys()].sort((a, b) => distance(exact[a], near) - distance(exact[b], near))
  const [place] = places
  const corner = place === undefined ? undefined : exact[place]
  const vertex = corner ?? nearestOnLine(vertices[span] as Point, following(vertices, span), near)
  const [head, tail] = corner ? [exact.slice(0, place), exact.slice((place ?? 0) + 1)] : [[], []]
  return {
    ring: { vertices: vertices.toSpliced(span + 1, 0, vertex), spans: spans.toSpliced(span, 1, head, tail) },
    at: span + 1,
  }
}

export interface Found {
  ring: number
  at: number
  kind: 'vertex' | 'span'
}

/** What of the rings lies within `reach` of a place: a vertex before a span. */
export function findOnRings(rings: readonly Ring[], place: Point, reach: number): Found | null {
  let found: Found | null = null
  let least = reach
  rings.forEach(({ vertices }, ring) => {
    vertices.forEach((vertex, at) => {
      const gap = distance(vertex, place)
      if (gap > least) return
      least = gap
      found = { ring, at, kind: 'vertex' }
    })
  })
  if (found) return found
  least = reach
  rings.forEach(({ vertices, spans }, ring) => {
    spans.forEach((span, at) => {
      const line = [vertices[at] as Point, ...span, following(vertices, at)]
      for (let step = 0; step + 1 < line.length; step += 1) {
        const gap = distance(nearestOnLine(line[step] as Point, line[step + 1] as Point, place), place)
        if (gap > least) continue
        least = gap
        found = { ring, at, kind: 'span' }
      }
    })
  })
  return found
}

const following = (vertices: readonly Point[], at: number) => vertices[(at + 1) % vertices.length] as Point
const distance = (a: Point | undefined, b: Point) => (a ? Math.hypot(a.x - b.x, a.y - b.y) : Number.POSITIVE_INFINITY)

function nearestOnLine(from: Point, to: Point, place: Point): Point {
  const [x, y] = [to.x - from.x, to.y - from.y]
  const length = x ** 2 + y ** 2
  if (length === 0) return from
  const share = Math.min(1, Math.max(0, ((place.x - from.x) * x + (place.y - from.y) * y) / length))
  return { x: from.x + share * x, y: from.y + share * y }
}

function ringFrom(points: readonly Point[], kept: readonly number[]): Ring {
  return {
    vertices: kept.map((at) => points[at] as Point),
    spans: kept.map((at, index) => {
      const next = kept[index + 1]
      return next === undefined ? points.slice(at + 1) : points.slice(at + 1, next)
    }),
  }
}

/** Corners that matter, ascending, the first always. Ramer 1972, Douglas and Peucker 1973. */
function keptIndices(points: readonly Point[]): number[] {
  const first = points[0] as Point
  let opposite = 0
  points.forEach((point, at) => {
    if (distance(point, first) > distance(points[opposite], first)) opposite = at
  })
  const kept = new Set([0, opposite])
  const open: [number, number][] = [
    [0, opposite],
    [opposite, points.length],
  ]
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range
    const [start, end] = [points[from] as Point, points[to % points.length] as Point]
    let furthest = from
    let most = TOLERANCE
    for (let at = from + 1; at < to; at += 1) {
      const gap = distance(nearestOnLine(start, end, points[at] as Point), points[at] as Point)
      if (gap <= most) continue
      most = gap
      furthest = at
    }
    if (furthest === from) continue
    kept.add(furthest)
    open.push([from, furthest], [furthest, to])
  }
  return [...kept].sort((a, b) => a - b)
}
