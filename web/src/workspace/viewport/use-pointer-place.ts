import { type RefObject, useEffect, useState } from 'react'
import type { Place } from './view.ts'

/** Where the pointer is over an element, in pixels of the page; null while it is elsewhere. */
export function usePointerPlace(element: RefObject<HTMLElement | null>): Place | null {
  const [place, setPlace] = useState<Place | null>(null)
  useEffect(() => {
    const over = element.current
    const move = ({ clientX, clientY }: PointerEvent) => {
      const box = over?.getBoundingClientRect()
      if (box) setPlace({ x: clientX - box.left, y: clientY - box.top })
    }
    const leave = () => setPlace(null)
    over?.addEventListener('pointermove', move, { capture: true })
    over?.addEventListener('pointerleave', leave)
    return () => {
      over?.removeEventListener('pointermove', move, { capture: true })
      over?.removeEventListener('pointerleave', leave)
    }
  }, [element])
  return place
}
