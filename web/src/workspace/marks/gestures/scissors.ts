import { pathTo, startWire, type Wire } from '../pixels/live-wire.ts'
import { type Point, polygon } from '../region-shapes.ts'
import { type Ground, isNear, lay, type Outcome, type Tool } from './tool.ts'

/** An outline that clings to edges of the picture, not closed yet. */
export interface ScissorsGesture {
  kind: 'scissors'
  isOther: boolean
  anchors: readonly Point[]
  /** From the first anchor to the last. */
  path: readonly Point[]
  wire: Wire
  /** From the last anchor to the pointer. */
  live: readonly Point[]
}

export const scissorsTool: Tool = {
  needsPicture: true,
  press(gesture, { at, isOther }, ground) {
    const { picture, reach } = ground
    if (!picture) return { gesture }
    if (gesture?.kind !== 'scissors') {
      const wire = startWire(picture, at)
      return { gesture: { kind: 'scissors', isOther, anchors: [at], path: [at], wire, live: [] } }
    }
    const [first] = gesture.anchors
    if (first && gesture.anchors.length > 1 && isNear(first, at, reach)) return close(gesture, ground)
    const path = [...gesture.path, ...pathTo(gesture.wire, at).slice(1)]
    const anchors = [...gesture.anchors, at]
    return { gesture: { ...gesture, anchors, path, wire: startWire(picture, at), live: [] } }
  },
  move(gesture, touches) {
    const at = touches.at(-1)?.at
    return gesture.kind === 'scissors' && at ? { ...gesture, live: pathTo(gesture.wire, at) } : gesture
  },
  release: (gesture) => ({ gesture }),
  finish: (gesture, ground) => (gesture.kind === 'scissors' ? close(gesture, ground) : { gesture }),
}

/** Back to the first anchor along the edges too. */
function close(gesture: ScissorsGesture, ground: Ground): Outcome {
  const [first] = gesture.anchors
  if (!first || gesture.anchors.length < 2) return { gesture }
  const points = [...gesture.path, ...pathTo(gesture.wire, first).slice(1)]
  return lay(polygon(points, ground.size), null, ground, gesture.isOther)
}
