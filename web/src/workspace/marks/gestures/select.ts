import { boxAt } from '../box-gesture.ts'
import { type Mark, toggled } from '../mark.ts'
import { maskAt } from '../mask-edits.ts'
import { boundsOf } from '../region.ts'
import type { Point } from '../region-shapes.ts'
import type { Ground, Outcome, Tool, Touch } from './tool.ts'

/** A frame drawn around marks to select them all. */
export interface MarqueeGesture {
  kind: 'marquee'
  start: Point
  now: Point
  isMore: boolean
}

export const selectTool: Tool = {
  press: (_, { at, isMore }) => ({ gesture: { kind: 'marquee', start: at, now: at, isMore } }),
  move(gesture, touches) {
    const now = touches.at(-1)?.at
    return gesture.kind === 'marquee' && now ? { ...gesture, now } : gesture
  },
  release(gesture, touch, ground) {
    if (gesture.kind !== 'marquee') return { gesture: null }
    const { start, now, isMore } = gesture
    if (Math.hypot(now.x - start.x, now.y - start.y) < ground.still) {
      return clickOn({ ...touch, at: start, isMore }, ground)
    }
    const inside = ground.shown.filter((mark) => liesWithin(mark, start, now)).map(({ id }) => id)
    return { gesture: null, select: isMore ? [...ground.selected, ...inside] : inside }
  },
}

/** Selects the mark under a place, or nothing; with Shift it joins or leaves what is selected. */
export function clickOn({ at, isMore }: Pick<Touch, 'at' | 'isMore'>, ground: Ground): Outcome {
  const { shown, selected } = ground
  const mark = boxAt(shown, at) ?? maskAt(shown, at)
  if (!mark) return { gesture: null, ...(isMore ? {} : { select: [] }) }
  return { gesture: null, select: isMore ? toggled(selected, mark.id) : [mark.id] }
}

function liesWithin({ shape }: Mark, a: Point, b: Point): boolean {
  const bounds =
    shape.kind === 'mask'
      ? boundsOf(shape.region)
      : {
          ...{ left: shape.box[0], top: shape.box[1] },
          ...{ right: shape.box[0] + shape.box[2], bottom: shape.box[1] + shape.box[3] },
        }
  if (!bounds) return false
  return (
    bounds.left >= Math.min(a.x, b.x) &&
    bounds.right <= Math.max(a.x, b.x) &&
    bounds.top >= Math.min(a.y, b.y) &&
    bounds.bottom <= Math.max(a.y, b.y)
  )
}
