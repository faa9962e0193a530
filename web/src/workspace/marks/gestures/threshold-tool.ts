import type { Range } from '../pixels/threshold.ts'
import { EMPTY_REGION, type Region, union } from '../region.ts'
import { capsule, type Point, polygon, type Size } from '../region-shapes.ts'
import { type Ground, lay, type Outcome, type Tool } from './tool.ts'

/** Where pixels within a range of brightness are looked for: a box or what a brush passed over; then shown until taken. */
export interface FieldGesture {
  kind: 'field'
  isOther: boolean
  isMore: boolean
  /** Of the box or stroke that is being drawn. */
  start: Point
  now: Point
  isPressed: boolean
  /** What was drawn before. */
  field: Region
  /** A range is to be suggested from the field. */
  suggests: boolean
  /** What lies within the range, as far as it is known. */
  found: { field: Region; range: Range; region: Region } | null
  /** Laid as soon as it is found. */
  finishes: boolean
}

export const thresholdTool: Tool = {
  press(gesture, { at, isOther, isMore }, ground) {
    const field = gesture?.kind === 'field' ? gesture.field : EMPTY_REGION
    const found = gesture?.kind === 'field' ? gesture.found : null
    const drawn = ground.fieldShape === 'brush' ? union(field, capsule(at, at, ground.radius, ground.size)) : field
    const begun = { start: at, now: at, isPressed: true, suggests: false, finishes: false }
    return { gesture: { kind: 'field', isOther, isMore, field: drawn, found, ...begun } }
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
    if (gesture.kind !== 'field') return { gesture: null }
    const suggests = gesture.field.rows.length === 0 || ground.fieldShape === 'brush'
    const field = union(gesture.field, openBox(gesture, ground.size))
    if (field.rows.length === 0) return { gesture: null }
    return { gesture: { ...gesture, field, start: gesture.now, isPressed: false, suggests } }
  },
  finish(gesture, ground) {
    return gesture.kind === 'field' ? layFound({ ...gesture, finishes: true }, ground) : { gesture }
  },
  asks(gesture, { range }) {
    if (gesture.kind !== 'field' || gesture.isPressed) return null
    const { field } = gesture
    if (gesture.suggests) return { kind: 'range', field }
    return isFound(gesture, range) ? null : { kind: 'threshold', field, range }
  },
  answered(gesture, question, answer, ground) {
    if (gesture.kind !== 'field' || !('field' in question) || question.field !== gesture.field) return { gesture }
    if (answer.kind === 'range') return { gesture: { ...gesture, suggests: false }, range: answer.range }
    if (question.kind !== 'threshold' || answer.kind !== 'region') return { gesture }
    const { field, range } = question
    return layFound({ ...gesture, found: { field, range, region: answer.region } }, ground)
  },
}

function isFound({ field, found }: FieldGesture, range: Range): boolean {
  return found?.field === field && found.range[0] === range[0] && found.range[1] === range[1]
}

/** Lays what was found once it was asked for and is what the range gives. */
function layFound(gesture: FieldGesture, ground: Ground): Outcome {
  if (!gesture.finishes || gesture.suggests || !isFound(gesture, ground.range)) return { gesture }
  return lay(foundInField(gesture), null, ground, gesture)
}

/** What of the field lies within the range, as it was found last. */
export const foundInField = ({ found }: FieldGesture): Region => found?.region ?? EMPTY_REGION

/** The box that is being drawn; a brush draws none. */
function openBox({ start, now }: FieldGesture, size: Size): Region {
  return polygon([start, { x: now.x, y: start.y }, now, { x: start.x, y: now.y }], size)
}
