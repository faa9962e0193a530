import { fullWindow } from '@vesalius/imaging'
import { type PointerEvent, useRef } from 'react'
import type { LoadedFrame } from '../frames/loaded-frame.ts'
import { asPicture } from '../frames/pixel-grid.ts'
import { useHeldKey } from '../use-held-key.ts'
import { type Adjustment, dragColours, dragWindow } from './adjustment.ts'
import { isGrey, windowInNumbers } from './tone.ts'

const WINDOW_KEY = 'w'
const RIGHT_BUTTON = 2

interface Given {
  isOn: boolean
  shown: LoadedFrame | null
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
}

/**
 * Dragging with the right button, or with W held, changes the window of grey images, brightness and contrast of others.
 * It comes before whatever tool is chosen.
 */
export function useWindowDrag({ isOn, shown, adjustment, onAdjust }: Given) {
  const isHeld = useHeldKey(WINDOW_KEY, isOn)
  const drag = useRef<{ change: (dx: number, dy: number) => Adjustment; x: number; y: number } | null>(null)
  const start = (event: PointerEvent) => {
    const isMeant = event.button === RIGHT_BUTTON || (isHeld && event.button === 0)
    if (!isMeant || !shown) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { change: changeFrom(shown, adjustment), x: event.clientX, y: event.clientY }
  }
  const move = (event: PointerEvent) => {
    if (!drag.current) return
    event.stopPropagation()
    onAdjust(drag.current.change(event.clientX - drag.current.x, event.clientY - drag.current.y))
  }
  const end = (event: PointerEvent) => {
    if (!drag.current) return
    event.stopPropagation()
    drag.current = null
  }
  return {
    isOn: isHeld,
    handlers: {
      onPointerDownCapture: start,
      onPointerMoveCapture: move,
      onPointerUpCapture: end,
      onPointerCancelCapture: end,
    },
  }
}

function changeFrom({ grid }: LoadedFrame, adjustment: Adjustment): (dx: number, dy: number) => Adjustment {
  if (!isGrey(grid)) return (dx, dy) => dragColours(adjustment, dx, dy)
  const window = windowInNumbers(grid, adjustment.window)
  const range = grid.facts.sampleType === 'u8' ? 255 : fullWindow(asPicture(grid)).width
  return (dx, dy) => ({ ...adjustment, window: dragWindow(window, range, dx, dy) })
}
