import { useElementSize } from '@mantine/hooks'
import type { Image } from '@vesalius/contracts'
import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { centred, fitView, panBy, type View, zoomAt } from './view.ts'

export type StageAction = 'fit' | 'actual' | 'zoomIn' | 'zoomOut'

const [MAIN, MIDDLE] = [1, 4]
const STEP = 1.5
const PER_WHEEL_PIXEL = 1.0018

/** How the image lies on the stage: fitted until a person zooms or drags, and fitted again for the next image. */
export function useStageView(image: Image) {
  const { ref: stage, width, height } = useElementSize()
  const frame = useRef<HTMLDivElement>(null)
  const [manual, setManual] = useState<{ imageId: string; view: View } | null>(null)
  const room = { width, height }
  const view = manual?.imageId === image.id ? manual.view : fitView(image, room)
  const setView = (next: View) => setManual({ imageId: image.id, view: next })
  const zoom = (factor: number, x = width / 2, y = height / 2) => setView(zoomAt(view, factor, x, y))
  const wheel = useEffectEvent((event: WheelEvent) => {
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
  const run = (action: StageAction) => {
    if (action === 'fit') setManual(null)
    if (action === 'actual') setView(centred(image, room, 1 / window.devicePixelRatio))
    if (action === 'zoomIn') zoom(STEP)
    if (action === 'zoomOut') zoom(1 / STEP)
  }
  const drag = (event: PointerEvent) => {
    if (event.buttons & (MAIN | MIDDLE)) setView(panBy(view, event.movementX, event.movementY, image, room))
  }
  return { stage, frame, view, room, isMeasured: width > 0, run, drag }
}
