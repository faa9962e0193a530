import { EMPTY_REGION, type Region } from '../region.ts'
import type { Point } from '../region-shapes.ts'
import { type Ground, lay, type Outcome, type Tool } from './tool.ts'

/** Similar pixels around a place, as many as the drag so far allows. */
export interface WandGesture {
  kind: 'wand'
  isOther: boolean
  isMore: boolean
  start: Point
  /** When it was pressed. */
  from: number
  tolerance: number
  /** What was found last, and with which tolerance; null until the first answer. */
  found: { tolerance: number; region: Region } | null
  /** Let go, and laid as soon as it is found. */
  isReleased: boolean
}

/** Levels of tolerance for each `reach` the pointer is dragged. */
const PER_REACH = 4

/** Press for similar pixels; drag right or up for more of them, left or down for fewer, before letting go. */
export const wandTool: Tool = {
  press(gesture, { at, isOther, isMore }, { tolerance }) {
    if (gesture?.kind === 'wand') return { gesture }
    return {
      gesture: { kind: 'wand', isOther, isMore, start: at, from: tolerance, tolerance, found: null, isReleased: false },
    }
  },
  move(gesture, touches, ground, isPressed) {
    const now = touches.at(-1)?.at
    if (gesture.kind !== 'wand' || !isPressed || !now) return gesture
    const way = now.x - gesture.start.x - (now.y - gesture.start.y)
    const by = Math.abs(way) < ground.still ? 0 : Math.round((way / ground.reach) * PER_REACH)
    const tolerance = Math.min(255, Math.max(0, gesture.from + by))
    return tolerance === gesture.tolerance ? gesture : { ...gesture, tolerance }
  },
  release(gesture, _, ground) {
    if (gesture.kind !== 'wand') return { gesture: null }
    return layFound({ ...gesture, isReleased: true }, ground)
  },
  asks: (gesture) =>
    gesture.kind === 'wand' && gesture.found?.tolerance !== gesture.tolerance
      ? { kind: 'grow', at: gesture.start, tolerance: gesture.tolerance }
      : null,
  answered(gesture, question, answer, ground) {
    if (gesture.kind !== 'wand' || question.kind !== 'grow' || answer.kind !== 'region') return { gesture }
    if (question.at !== gesture.start) return { gesture }
    return layFound({ ...gesture, found: { tolerance: question.tolerance, region: answer.region } }, ground)
  },
}

/** Lays what was found once the pointer was let go and it is what was asked for last. */
function layFound(gesture: WandGesture, ground: Ground): Outcome {
  const { found, isReleased, start, tolerance } = gesture
  if (!isReleased || found?.tolerance !== tolerance) return { gesture }
  return { ...lay(found.region, start, ground, gesture), tolerance }
}

export const foundByWand = ({ found }: WandGesture): Region => found?.region ?? EMPTY_REGION
