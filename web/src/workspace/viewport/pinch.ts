import { type Place, type View, zoomAt } from './view.ts'

/** The view after two fingers went from one pair of places of the stage to another: zoomed and moved, not turned. */
export function pinched(view: View, before: readonly [Place, Place], after: readonly [Place, Place]): View {
  const [from, to] = [middleOf(before), middleOf(after)]
  const zoomed = zoomAt(view, lengthOf(after) / Math.max(1, lengthOf(before)), from.x, from.y)
  return { ...zoomed, x: zoomed.x + to.x - from.x, y: zoomed.y + to.y - from.y }
}

const middleOf = ([a, b]: readonly [Place, Place]): Place => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const lengthOf = ([a, b]: readonly [Place, Place]) => Math.hypot(a.x - b.x, a.y - b.y)
