import { curveThrough } from '../curve.ts'
import { type Point, polygon } from '../region-shapes.ts'
import { type Gesture, type Ground, isNear, lay, type Tool } from './tool.ts'

/** A polygon or a curve that is not closed yet; `now` follows the pointer. */
export interface OutlineGesture {
  kind: 'outline'
  isCurve: boolean
  isOther: boolean
  isMore: boolean
  points: readonly Point[]
  now: Point
}

/** A line drawn with one stroke closes itself when it has as many points and ends where it began. */
const FREEHAND = 8

/** Points set by clicks, or a line drawn freehand by dragging; curves go smoothly through their points. */
export function outlineTool(isCurve: boolean): Tool {
  const close = (gesture: OutlineGesture, ground: Ground) => {
    const points = isCurve ? curveThrough(gesture.points, true) : gesture.points
    return lay(polygon(points, ground.size), null, ground, gesture)
  }
  return {
    press(gesture, { at, isOther, isMore }, ground) {
      const points = pointsOf(gesture)
      const [first] = points
      if (gesture?.kind === 'outline' && first && points.length > 2 && isNear(first, at, ground.reach)) {
        return close(gesture, ground)
      }
      return { gesture: { kind: 'outline', isCurve, isOther, isMore, points: [...points, at], now: at } }
    },
    move(gesture, touches, _, isPressed) {
      const now = touches.at(-1)?.at
      if (gesture.kind !== 'outline' || !now) return gesture
      if (!isPressed) return { ...gesture, now }
      return { ...gesture, points: [...gesture.points, ...touches.map(({ at }) => at)], now }
    },
    release(gesture, { at }, ground) {
      const points = pointsOf(gesture)
      const [first] = points
      const isRound = first && points.length > FREEHAND && isNear(first, at, 2 * ground.reach)
      return gesture.kind === 'outline' && isRound ? close(gesture, ground) : { gesture }
    },
    finish: (gesture, ground) => (gesture.kind === 'outline' ? close(gesture, ground) : { gesture }),
  }
}

const pointsOf = (gesture: Gesture | null) => (gesture?.kind === 'outline' ? gesture.points : [])
