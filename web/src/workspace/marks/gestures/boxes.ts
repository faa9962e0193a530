import { applyBoxGesture, drawnBox, startBoxGesture } from '../box-gesture.ts'
import { personsBox } from '../mark.ts'
import { clickOn } from './select.ts'
import type { Tool } from './tool.ts'

/** Draws boxes, moves selected ones and pulls their handles; a click selects. Locked boxes stay as they are. */
export const boxTool: Tool = {
  press(_, { at }, { shown, selected, reach, isLocked }) {
    const open = shown.filter((mark) => !isLocked(mark))
    return { gesture: startBoxGesture(open, selected, at, reach) }
  },
  move(gesture, touches) {
    const now = touches.at(-1)?.at
    if (!now || (gesture.kind !== 'draw' && gesture.kind !== 'move' && gesture.kind !== 'resize')) return gesture
    return { ...gesture, now }
  },
  release(gesture, touch, ground) {
    if (gesture.kind !== 'draw' && gesture.kind !== 'move' && gesture.kind !== 'resize') return { gesture: null }
    const { start, now } = gesture
    if (Math.hypot(now.x - start.x, now.y - start.y) < ground.still) return clickOn({ ...touch, at: start }, ground)
    const { list, size } = ground
    if (gesture.kind !== 'draw') return { gesture: null, list: applyBoxGesture(list, gesture, size) }
    const box = drawnBox(gesture, size)
    if (!box) return { gesture: null }
    const mark = personsBox(ground.classIndex, box)
    return { gesture: null, list: [...list, mark], select: [mark.id] }
  },
}
