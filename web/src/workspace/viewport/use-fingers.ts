import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { pinched } from './pinch.ts'
import type { Place, View } from './view.ts'

/** Two fingers zoom and move the image; nothing else on the stage hears of them meanwhile. */
export function useFingers(over: RefObject<HTMLElement | null>, view: View, onView: (view: View) => void): void {
  const fingers = useRef(new Map<number, Place>())
  const placeOf = (event: PointerEvent): Place => {
    const box = over.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  const down = useEffectEvent((event: PointerEvent) => {
    if (event.pointerType === 'touch') fingers.current.set(event.pointerId, placeOf(event))
  })
  const move = useEffectEvent((event: PointerEvent) => {
    if (!fingers.current.has(event.pointerId)) return
    const before = [...fingers.current.values()]
    fingers.current.set(event.pointerId, placeOf(event))
    if (before.length < 2) return
    event.stopPropagation()
    const after = [...fingers.current.values()]
    onView(pinched(view, [before[0] as Place, before[1] as Place], [after[0] as Place, after[1] as Place]))
  })
  useEffect(() => {
    const element = over.current
    if (!element) return
    const onDown = (event: PointerEvent) => down(event)
    const onMove = (event: PointerEvent) => move(event)
    const onEnd = (event: PointerEvent) => fingers.current.delete(event.pointerId)
    element.addEventListener('pointerdown', onDown, { capture: true })
    element.addEventListener('pointermove', onMove, { capture: true })
    window.addEventListener('pointerup', onEnd)
    window.addEventListener('pointercancel', onEnd)
    return () => {
      element.removeEventListener('pointerdown', onDown, { capture: true })
      element.removeEventListener('pointermove', onMove, { capture: true })
      window.removeEventListener('pointerup', onEnd)
      window.removeEventListener('pointercancel', onEnd)
    }
  }, [over])
}
