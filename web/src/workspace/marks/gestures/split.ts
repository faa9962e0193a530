import { splitMasks } from '../mask-edits.ts'
import { cutRegion } from '../mask-gesture.ts'
import type { Tool } from './tool.ts'

/** Parts the masks that a line crosses. */
export const splitTool: Tool = {
  press: (_, { at }) => ({ gesture: { kind: 'cut', start: at, now: at } }),
  move(gesture, touches) {
    const now = touches.at(-1)?.at
    return gesture.kind === 'cut' && now ? { ...gesture, now } : gesture
  },
  release(gesture, _, { list, size, selected, isLocked }) {
    if (gesture.kind !== 'cut') return { gesture: null }
    const open = list.filter((mark) => !isLocked(mark) && (selected.size === 0 || selected.has(mark.id)))
    return {
      gesture: null,
      list: splitMasks(list, cutRegion(gesture, size), new Set(open.map(({ id }) => id))),
      select: [],
    }
  },
}
