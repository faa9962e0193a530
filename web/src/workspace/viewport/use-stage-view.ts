import { useElementSize } from '@mantine/hooks'
import type { Image } from '@vesalius/contracts'
import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { centred, fitView, flip, flipped, type Orientation, panBy, turnBy, UPRIGHT, type View, zoomAt } from './view.ts'

export type StageAction = 'fit' | 'actual' | 'zoomIn' | 'zoomOut' | 'turnLeft' | 'turnRight' | 'flip' | 'upright'

const [MAIN, MIDDLE] = [1, 4]
const STEP = 1.5
const PER_WHEEL_PIXEL = 1.0018
const QUARTER = 90

/** Fitted to the room until a person zooms or moves. */
type Laid = { kind: 'fitted'; orientation: Orientation } | { kind: 'manual'; view: View }
const FITTED: Laid = { kind: 'fitted', orientation: UPRIGHT }

/** How the image lies on the stage: whole and upright until a person says otherwise, and so again for the next image. */
export function useStageView(image: Image) {
  const { ref: stage, width, height } = useElementSize()
  const frame = useRef<HTMLDivElement>(null)
  const [laid, setLaid] = useState<{ imageId: string; how: Laid }>({ imageId: '', how: FITTED })
  const room = { width, height }
  const how = laid.imageId === image.id ? laid.how : FITTED
  const view = how.kind === 'manual' ? how.view : fitView(image, room, how.orientation)
  const lay = (next: Laid) => setLaid({ imageId: image.id, how: next })
  const setView = (next: View) => lay({ kind: 'manual', view: next })
  const zoom = (factor: number, x = width / 2, y = height / 2) => setView(zoomAt(view, factor, x, y))
  const wheel = useEffectEvent((event: WheelEvent) => {
    if (event.altKey || event.defaultPrevented) return
    event.preventDefault()
    const box = frame.current?.getBoundingClientRect()
    if (box) zoom(PER_WHEEL_PIXEL ** -event.deltaY, event.clientX - box.left, event.clientY - box.top)
  })
  useEffect(() => {
    const element = frame.current
    const listener = (event: WheelEvent) => wheel(event)
    // React listens to wheels passively, and the page would scroll along.
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [])
  const turn = (degrees: number) => {
    if (how.kind === 'manual') return setView(turnBy(view, degrees, room))
    const turned = turnBy({ ...view, ...how.orientation }, degrees, room)
    lay({ kind: 'fitted', orientation: { turn: turned.turn, isFlipped: turned.isFlipped } })
  }
  const run = (action: StageAction) => {
    const { turn: angle, isFlipped } = view
    switch (action) {
      case 'fit':
        return lay({ kind: 'fitted', orientation: { turn: angle, isFlipped } })
      case 'actual':
        return setView(centred(image, room, 1 / window.devicePixelRatio, view))
      case 'zoomIn':
        return zoom(STEP)
      case 'zoomOut':
        return zoom(1 / STEP)
      case 'turnLeft':
        return turn(-QUARTER)
      case 'turnRight':
        return turn(QUARTER)
      case 'flip':
        return how.kind === 'manual'
          ? setView(flip(view, room))
          : lay({ kind: 'fitted', orientation: flipped(how.orientation) })
      case 'upright':
        return lay(FITTED)
    }
  }
  const drag = (event: PointerEvent) => {
    if (event.buttons & (MAIN | MIDDLE)) setView(panBy(view, event.movementX, event.movementY, image, room))
  }
  return { stage, frame, view, room, isMeasured: width > 0, run, turn, setView, drag }
}
