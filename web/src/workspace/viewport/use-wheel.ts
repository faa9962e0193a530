import { type RefObject, useEffect, useEffectEvent } from 'react'

const PER_WHEEL_PIXEL = 1.0018

/** Zooms by the wheel over an element, about the pointer. */
export function useWheel(
  element: RefObject<HTMLElement | null>,
  zoom: (factor: number, x: number, y: number) => void,
): void {
  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const box = element.current?.getBoundingClientRect()
    if (box) zoom(PER_WHEEL_PIXEL ** -event.deltaY, event.clientX - box.left, event.clientY - box.top)
  })
  useEffect(() => {
    const over = element.current
    const listener = (event: WheelEvent) => wheel(event)
    // React listens to wheels passively, and the page would scroll along.
    over?.addEventListener('wheel', listener, { passive: false })
    return () => over?.removeEventListener('wheel', listener)
  }, [element])
}
