import { FEWEST_POINTS, type KeptMeasurement, type MeasureKind } from '../measure.ts'
import type { Point } from '../region-shapes.ts'
import { isNear, type Outcome, type Tool } from './tool.ts'

/** A measurement under way; `now` follows the pointer. */
export interface MeasureGesture {
  kind: 'measure'
  what: MeasureKind
  points: readonly Point[]
  now: Point
}

/** A point of a kept measurement that is dragged elsewhere. */
export interface RemeasureGesture {
  kind: 'remeasure'
  changed: KeptMeasurement
  /** Which of its points. */
  point: number
}

/**
 * Lengths by two clicks or a drag, angles by three clicks, areas by as many as one likes and one on the first. A point of
 * what was measured before is dragged.
 */
export const measureTool: Tool = {
  press(gesture, { at }, ground) {
    const { measureKind, reach } = ground
    const held = gesture ? null : pointNear(ground.measurements, at, reach)
    if (held) return { gesture: { kind: 'remeasure', ...held } }
    const points = gesture?.kind === 'measure' && gesture.what === measureKind ? gesture.points : []
    const [first] = points
    const isClosed = measureKind === 'area' && first && points.length > 2 && isNear(first, at, reach)
    if (isClosed) return finish({ kind: 'measure', what: measureKind, points, now: at })
    return step({ kind: 'measure', what: measureKind, points: [...points, at], now: at })
  },
  move(gesture, touches) {
    const now = touches.at(-1)?.at
    if (gesture.kind === 'remeasure' && now) return { ...gesture, changed: movedPoint(gesture, now) }
    return gesture.kind === 'measure' && now ? { ...gesture, now } : gesture
  },
  release(gesture, { at }, { still }) {
    if (gesture.kind === 'remeasure') return { gesture: null, remeasured: gesture.changed }
    if (gesture.kind !== 'measure') return { gesture: null }
    const last = gesture.points.at(-1) as Point
    // Dragged from one end to the other.
    return isNear(last, at, still) ? { gesture } : step({ ...gesture, points: [...gesture.points, at] })
  },
  finish: (gesture) => (gesture.kind === 'measure' ? finish(gesture) : { gesture }),
}

function movedPoint({ changed, point }: RemeasureGesture, to: Point): KeptMeasurement {
  return { ...changed, points: changed.points.map((place, index) => (index === point ? to : place)) }
}

/** The point of a measurement under the pointer; of several the one drawn last. */
export function pointNear(
  measurements: readonly KeptMeasurement[],
  at: Point,
  reach: number,
): Omit<RemeasureGesture, 'kind'> | null {
  for (const changed of measurements.toReversed()) {
    const point = changed.points.findIndex((place) => isNear(place, at, reach))
    if (point >= 0) return { changed, point }
  }
  return null
}

function step(gesture: MeasureGesture): Outcome {
  const isWhole = gesture.what !== 'area' && gesture.points.length >= FEWEST_POINTS[gesture.what]
  return isWhole ? finish(gesture) : { gesture }
}

function finish(gesture: MeasureGesture): Outcome {
  const { what, points } = gesture
  return points.length < FEWEST_POINTS[what] ? { gesture } : { gesture: null, measured: { kind: what, points } }
}
