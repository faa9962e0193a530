import { useState } from 'react'
import type { Touch } from './gestures/tool.ts'
import type { Point } from './region-shapes.ts'
import type { MarkingDesk } from './use-marking.ts'
import type { PointerGesture } from './use-pointer-gesture.ts'

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** Pixels of the page that an arrow with Shift moves the crosshair by; alone it moves by one pixel of the image. */
const LEAP = 24

/** Tools that are dragged: the first press begins, the second one ends. */
const DRAGGED: ReadonlySet<string> = new Set([
  'box',
  'brush',
  'eraser',
  'split',
  'threshold',
  'ask',
  'vertices',
  'select',
])

/**
 * A pointer for those who have only keys: arrows move it, Space presses. Tools that are clicked are pressed and let go at
 * once; those that are dragged are held until Space is pressed again.
 */
export function useCrosshair(desk: MarkingDesk, pointer: PointerGesture, scale: number) {
  const [at, setAt] = useState<Point | null>(null)
  const { keys, setHover } = pointer
  const { size, tool } = desk
  const touchAt = (place: Point, event: Pick<KeyboardEvent, 'shiftKey' | 'ctrlKey'>): Touch => ({
    ...{ at: place, isMore: event.shiftKey, isOther: event.ctrlKey, pressure: 1 },
  })
  const go = (place: Point) => {
    setAt(place)
    setHover(place)
  }
  return {
    at,
    toggle: () => {
      if (at) {
        pointer.cancel()
        setHover(null)
        return setAt(null)
      }
      go({ x: Math.floor(size.width / 2) + 0.5, y: Math.floor(size.height / 2) + 0.5 })
    },
    leave: () => {
      setAt(null)
      setHover(null)
    },
    /** Whether the key was meant for the crosshair. */
    press: (event: KeyboardEvent): boolean => {
      if (!at || event.altKey) return false
      const arrow = ARROWS[event.key]
      if (arrow && !event.ctrlKey && !event.metaKey) {
        const by = event.shiftKey ? Math.max(1, Math.round(LEAP / scale)) : 1
        const next = {
          x: Math.min(size.width, Math.max(0, at.x + arrow[0] * by)),
          y: Math.min(size.height, Math.max(0, at.y + arrow[1] * by)),
        }
        go(next)
        keys.move([touchAt(next, { shiftKey: false, ctrlKey: false })], keys.isPressed())
        return true
      }
      if (event.key !== ' ') return false
      const touch = touchAt(at, event)
      if (keys.isPressed()) keys.release(touch)
      else if (DRAGGED.has(tool)) keys.press(touch)
      else keys.tap(touch)
      return true
    },
  }
}
