import type { Point } from './region-shapes.ts'

/** Steps drawn between two points. */
const STEPS = 12

/**
 * A smooth line through the points, closed or open: the centripetal Catmull-Rom spline, which makes no loops between
 * them. Source: Yuksel, Schaefer, Keyser, "Parameterization and applications of Catmull-Rom curves", 2011.
 */
export function curveThrough(points: readonly Point[], isClosed: boolean): Point[] {
  const distinct = points.filter((point, at) => {
    const before = points[at - 1]
    return !before || before.x !== point.x || before.y !== point.y
  })
  const count = distinct.length
  if (count < 3) return distinct
  const at = (index: number) =>
    distinct[isClosed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] as Point
  const line: Point[] = []
  for (let index = 0; index < (isClosed ? count : count - 1); index += 1) {
    const around = [at(index - 1), at(index), at(index + 1), at(index + 2)] as const
    for (let step = 0; step < STEPS; step += 1) line.push(between(around, step / STEPS))
  }
  if (!isClosed) line.push(at(count - 1))
  return line
}

/** `share` 0..1 of the way from the second to the third of four points. */
function between([a, b, c, d]: readonly [Point, Point, Point, Point], share: number): Point {
  const knot = (from: Point, to: Point) => Math.max(1e-6, Math.sqrt(Math.hypot(to.x - from.x, to.y - from.y)))
  const t1 = knot(a, b)
  const t2 = t1 + knot(b, c)
  const t3 = t2 + knot(c, d)
  const t = t1 + share * (t2 - t1)
  const mix = (from: Point, to: Point, start: number, end: number): Point => {
    const part = (t - start) / (end - start)
    return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }
  }
  const [first, second, third] = [mix(a, b, 0, t1), mix(b, c, t1, t2), mix(c, d, t2, t3)]
  return mix(mix(first, second, 0, t2), mix(second, third, t1, t3), t1, t2)
}
