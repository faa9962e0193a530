import { EMPTY_REGION, type Region, union } from './region.ts'
import { capsule, type Point, type Size } from './region-shapes.ts'

/** A place of a stroke and how wide it is there, half of it, in pixels. */
export interface Dab extends Point {
  radius: number
}
/** A stroke under way. */
export interface PaintGesture {
  kind: 'paint'
  mode: 'add' | 'erase'
  /** It joins the selected mask. */
  isMore: boolean
  dabs: readonly Dab[]
  region: Region
}
/** A line along which masks are parted. */
export interface CutGesture {
  kind: 'cut'
  start: Point
  now: Point
}

/** Half the width of a cut: thin, and still without a gap between its pixels. */
const CUT_RADIUS = 0.75

export function startPaint(mode: PaintGesture['mode'], dab: Dab, size: Size): PaintGesture {
  return { kind: 'paint', mode, isMore: false, dabs: [dab], region: capsule(dab, dab, dab.radius, size) }
}

/** A pen that is pressed harder draws wider; between two places the wider one counts. */
export function continuePaint(gesture: PaintGesture, next: readonly Dab[], size: Size): PaintGesture {
  let from = gesture.dabs.at(-1) as Dab
  let region = gesture.region
  for (const dab of next) {
    region = union(region, capsule(from, dab, Math.max(from.radius, dab.radius), size))
    from = dab
  }
  return { ...gesture, region, dabs: [...gesture.dabs, ...next] }
}

export function cutRegion({ start, now }: CutGesture, size: Size): Region {
  return start.x === now.x && start.y === now.y ? EMPTY_REGION : capsule(start, now, CUT_RADIUS, size)
}
