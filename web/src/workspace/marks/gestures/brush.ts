import { continuePaint, startPaint } from '../mask-gesture.ts'
import { lay, type Tool } from './tool.ts'

/** Paints with a round brush; an eraser is a brush that takes away. Either does the other while Control is held. */
export function brushTool(mode: 'add' | 'erase'): Tool {
  return {
    press(_, { at, isOther, isMore, pressure }, { radius, size }) {
      const isErasing = (mode === 'erase') !== isOther
      const begun = startPaint(isErasing ? 'erase' : 'add', { ...at, radius: radius * pressure }, size)
      return { gesture: { ...begun, isMore } }
    },
    move(gesture, touches, { radius, size }, isPressed) {
      if (gesture.kind !== 'paint' || !isPressed) return gesture
      const dabs = touches.map(({ at, pressure }) => ({ ...at, radius: radius * pressure }))
      return continuePaint(gesture, dabs, size)
    },
    release(gesture, { isMore }, ground) {
      if (gesture.kind !== 'paint') return { gesture: null }
      return lay(gesture.region, gesture.dabs[0] ?? null, ground, {
        isOther: gesture.mode === 'erase',
        isMore: isMore || gesture.isMore,
      })
    },
  }
}
