import { type Range, suggestRange, thresholdRegion } from '../pixels/threshold.ts'
import { EMPTY_REGION, type Region, union } from '../region.ts'
import { capsule, type Point, polygon, type Size } from '../region-shapes.ts'
import { type Ground, lay, type Tool } from './tool.ts'

/** Where pixels within a range of brightness are looked for: a box or what a brush passed over; then shown until taken. */
export interface FieldGesture {
  kind: 'field'
  isOther: boolean
  /** Of the box or stroke that is being drawn. */
  start: Point
  now: Point
  isPressed: boolean
  /** What was drawn before. */
  field: Region
}

export const thresholdTool: Tool = {
  needsPicture: true,
  press(gesture, { at, isOther }, ground) {
    if (!ground.picture) return { gesture }
    const field = gesture?.kind === 'field' ? gesture.field : EMPTY_REGION
    const drawn = ground.fieldShape === 'brush' ? union(field, capsule(at, at, ground.radius, ground.size)) : field
    return { gesture: { kind: 'field', isOther, start: at, now: at, isPressed: true, field: drawn } }
  },
  move(gesture, touches, ground, isPressed) {
    if (gesture.kind !== 'field' || !isPressed) return gesture
    let { field, now } = gesture
    for (const { at } of touches) {
      if (ground.fieldShape === 'brush') field = union(field, capsule(now, at, ground.radius, ground.size))
      now = at
    }
    return { ...gesture, field, now }
  },
  release(gesture, _, ground) {
    if (gesture.kind !== 'field' || !ground.picture) return { gesture: null }
    const isFirst = gesture.field.rows.length === 0 || ground.fieldShape === 'brush'
    const field = union(gesture.field, openBox(gesture, ground.size))
    if (field.rows.length === 0) return { gesture: null }
    const next = { ...gesture, field, start: gesture.now, isPressed: false } as const
    return { gesture: next, ...(isFirst ? { range: suggestRange(ground.picture, field) } : {}) }
  },
  finish(gesture, ground) {
    if (gesture.kind !== 'field') return { gesture }
    return lay(foundIn(gesture, ground), null, ground, gesture.isOther)
  },
}

const kept = new WeakMap<Region, { range: Range; found: Region }>()

/** What of the field lies within the range. */
export function foundIn(
  gesture: FieldGesture,
  { picture, range, size }: Pick<Ground, 'picture' | 'range' | 'size'>,
): Region {
  if (!picture) return EMPTY_REGION
  const field = gesture.isPressed ? union(gesture.field, openBox(gesture, size)) : gesture.field
  const known = kept.get(field)
  if (known && known.range[0] === range[0] && known.range[1] === range[1]) return known.found
  const found = thresholdRegion(picture, field, range)
  kept.set(field, { range, found })
  return found
}

/** The box that is being drawn; a brush draws none. */
function openBox({ start, now }: FieldGesture, size: Size): Region {
  return polygon([start, { x: now.x, y: start.y }, now, { x: start.x, y: now.y }], size)
}
