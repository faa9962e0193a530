import { pathTo, type Wire } from '../pixels/live-wire.ts'
import { type Point, polygon } from '../region-shapes.ts'
import { type Ground, isNear, lay, type Outcome, type Tool } from './tool.ts'

/** An outline that clings to edges of the picture, not closed yet. */
export interface ScissorsGesture {
  kind: 'scissors'
  isOther: boolean
  isMore: boolean
  anchors: readonly Point[]
  /** From the first anchor to the last. */
  path: readonly Point[]
  /** The ways from the last anchor; null until they are found. */
  wire: Wire | null
  /** From the last anchor to the pointer. */
  live: readonly Point[]
  /** Clicks that were made before the ways were found. */
  waiting: readonly Point[]
  /** Closed as soon as they are. */
  closes: boolean
}

export const scissorsTool: Tool = {
  press(gesture, { at, isOther, isMore }, ground) {
    if (gesture?.kind !== 'scissors') {
      const begun = { anchors: [at], path: [at], wire: null, live: [], waiting: [], closes: false }
      return { gesture: { kind: 'scissors', isOther, isMore, ...begun } }
    }
    const [first] = gesture.anchors
    const count = gesture.anchors.length + gesture.waiting.length
    if (first && count > 1 && isNear(first, at, ground.reach)) return close(gesture, ground)
    if (!gesture.wire) return { gesture: { ...gesture, waiting: [...gesture.waiting, at] } }
    return { gesture: goTo(gesture, gesture.wire, at) }
  },
  move(gesture, touches) {
    const at = touches.at(-1)?.at
    if (gesture.kind !== 'scissors' || !at) return gesture
    const last = [...gesture.anchors, ...gesture.waiting].at(-1) as Point
    const isKnown = gesture.wire && gesture.waiting.length === 0
    return { ...gesture, live: isKnown && gesture.wire ? pathTo(gesture.wire, at) : [last, at] }
  },
  release: (gesture) => ({ gesture }),
  finish: (gesture, ground) => (gesture.kind === 'scissors' ? close(gesture, ground) : { gesture }),
  asks: (gesture) =>
    gesture.kind === 'scissors' && !gesture.wire ? { kind: 'wire', at: gesture.anchors.at(-1) as Point } : null,
  answered(gesture, _, answer, ground) {
    if (gesture.kind !== 'scissors' || gesture.wire || answer.kind !== 'wire') return { gesture }
    const { wire } = answer
    const last = gesture.anchors.at(-1) as Point
    // A step was taken back meanwhile.
    if (wire.anchor.x !== last.x || wire.anchor.y !== last.y) return { gesture }
    const [next, ...waiting] = gesture.waiting
    if (next) return { gesture: { ...goTo(gesture, wire, next), waiting } }
    const found = { ...gesture, wire }
    return gesture.closes ? close(found, ground) : { gesture: found }
  },
}

/** Goes on to the next anchor along the edges, from which ways are to be found anew. */
function goTo(gesture: ScissorsGesture, wire: Wire, at: Point): ScissorsGesture {
  const path = [...gesture.path, ...pathTo(wire, at).slice(1)]
  return { ...gesture, anchors: [...gesture.anchors, at], path, wire: null, live: [] }
}

/** Back to the first anchor along the edges too. */
function close(gesture: ScissorsGesture, ground: Ground): Outcome {
  const [first] = gesture.anchors
  if (!first || gesture.anchors.length + gesture.waiting.length < 2) return { gesture }
  if (!gesture.wire) return { gesture: { ...gesture, closes: true } }
  const points = [...gesture.path, ...pathTo(gesture.wire, first).slice(1)]
  return lay(polygon(points, ground.size), null, ground, gesture)
}
