import { EMPTY_REGION, type Region, union } from './region.ts'
import { capsule, type Point, type Size } from './region-shapes.ts'

/** A stroke under way. */
export interface PaintGesture {
  kind: 'paint'
  mode: 'add' | 'erase'
  points: readonly Point[]
  region: Region
  radius: number
}
/** A polygon that is not closed yet; `now` follows the pointer. */
export interface PolygonGesture {
  kind: 'polygon'
  points: readonly Point[]
  now: Point
}
/** A line along which masks are parted. */
export interface CutGesture {
  kind: 'cut'
  start: Point
  now: Point
}

/** Half the width of a cut: thin, and still without a gap between its pixels. */
const CUT_RADIUS = 0.75

export function startPaint(mode: PaintGesture['mode'], point: Point, radius: number, size: Size): PaintGesture {
  return { kind: 'paint', mode, points: [point], region: capsule(point, point, radius, size), radius }
}

export function continuePaint(gesture: PaintGesture, next: readonly Point[], size: Size): PaintGesture {
  let from = gesture.points.at(-1) as Point
  let region = gesture.region
  for (const point of next) {
    region = union(region, capsule(from, point, gesture.radius, size))
    from = point
  }
  return { ...gesture, region, points: [...gesture.points, ...next] }
}

/** `reach`: how near the first point a click closes the polygon, in pixels of the image. */
export function isClosing({ points }: PolygonGesture, at: Point, reach: number): boolean {
  const [first] = points
  return first !== undefined && points.length > 2 && Math.hypot(first.x - at.x, first.y - at.y) <= reach
}

export function cutRegion({ start, now }: CutGesture, size: Size): Region {
  return start.x === now.x && start.y === now.y ? EMPTY_REGION : capsule(start, now, CUT_RADIUS, size)
}
