import { FEWEST_POINTS, type MeasureKind } from '../measure.ts'
import type { Point } from '../region-shapes.ts'
import { isNear, type Outcome, type Tool } from './tool.ts'

/** A measurement under way; `now` follows the pointer. */
export interface MeasureGesture {
  kind: 'measure'
  what: MeasureKind
  points: readonly Point[]
  now: Point
}

/** Lengths by two clicks or a drag, angles by three clicks, areas by as many as one likes and one on the first. */
export const measureTool: Tool = {
  press(gesture, { at }, { measureKind, reach }) {
    const points = gesture?.kind === 'measure' && gesture.what === measureKind ? gesture.points : []
    const [first] = points
    const isClosed = measureKind === 'area' && first && points.length > 2 && isNear(first, at, reach)
    if (isClosed) return finish({ kind: 'measure', what: measureKind, points, now: at })
    return step({ kind: 'measure', what: measureKind, points: [...points, at], now: at })
  },
  move(gesture, touches) {
    const now = touches.at(-1)?.at
    return gesture.kind === 'measure' && now ? { ...gesture, now } : gesture
  },
  release(gesture, { at }, { still }) {
    if (gesture.kind !== 'measure') return { gesture: null }
    const last = gesture.points.at(-1) as Point
    // Dragged from one end to the other.
    return isNear(last, at, still) ? { gesture } : step({ ...gesture, points: [...gesture.points, at] })
  },
  finish: (gesture) => (gesture.kind === 'measure' ? finish(gesture) : { gesture }),
}

function step(gesture: MeasureGesture): Outcome {
  const isWhole = gesture.what !== 'area' && gesture.points.length >= FEWEST_POINTS[gesture.what]
  return isWhole ? finish(gesture) : { gesture }
}

function finish(gesture: MeasureGesture): Outcome {
  const { what, points } = gesture
  return points.length < FEWEST_POINTS[what] ? { gesture } : { gesture: null, measured: { kind: what, points } }
}
