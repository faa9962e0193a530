import { growRegion } from '../grow-region.ts'
import { EMPTY_REGION, type Region } from '../region.ts'
import type { Point } from '../region-shapes.ts'
import { type Ground, lay, type Tool } from './tool.ts'

/** Similar pixels around a place, as many as the drag so far allows. */
export interface WandGesture {
  kind: 'wand'
  isOther: boolean
  start: Point
  /** When it was pressed. */
  from: number
  tolerance: number
  region: Region
}

/** Levels of tolerance for each `reach` the pointer is dragged. */
const PER_REACH = 4

/** Press for similar pixels; drag right or up for more of them, left or down for fewer, before letting go. */
export const wandTool: Tool = {
  needsPicture: true,
  press(_, { at, isOther }, ground) {
    const { grid, tolerance } = ground
    if (!grid) return { gesture: null }
    const region = grow(ground, at, tolerance)
    return { gesture: { kind: 'wand', isOther, start: at, from: tolerance, tolerance, region } }
  },
  move(gesture, touches, ground, isPressed) {
    const now = touches.at(-1)?.at
    if (gesture.kind !== 'wand' || !isPressed || !now) return gesture
    const way = now.x - gesture.start.x - (now.y - gesture.start.y)
    const by = Math.abs(way) < ground.still ? 0 : Math.round((way / ground.reach) * PER_REACH)
    const tolerance = Math.min(255, Math.max(0, gesture.from + by))
    if (tolerance === gesture.tolerance) return gesture
    return { ...gesture, tolerance, region: grow(ground, gesture.start, tolerance) }
  },
  release(gesture, _, ground) {
    if (gesture.kind !== 'wand') return { gesture: null }
    const { region, start, isOther, tolerance } = gesture
    return { ...lay(region, start, ground, isOther), tolerance }
  },
}

function grow({ grid }: Ground, at: Point, tolerance: number): Region {
  return grid ? growRegion(grid, at, tolerance) : EMPTY_REGION
}
