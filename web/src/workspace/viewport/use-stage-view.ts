import { useElementSize, useMergedRef } from '@mantine/hooks'
import type { Image } from '@vesalius/contracts'
import { type PointerEvent, useMemo, useRef, useState } from 'react'
import { useWheel } from './use-wheel.ts'
import { centred, fitView, flip, flipped, type Orientation, panBy, turnBy, UPRIGHT, type View, zoomAt } from './view.ts'

export type StageAction = 'fit' | 'actual' | 'zoomIn' | 'zoomOut' | 'turnLeft' | 'turnRight' | 'flip' | 'upright'

const [MAIN, MIDDLE] = [1, 4]
const STEP = 1.5
const QUARTER = 90

/** Fitted to the room until a person zooms or moves. */
type Laid = { kind: 'fitted'; orientation: Orientation } | { kind: 'manual'; view: View }
const FITTED: Laid = { kind: 'fitted', orientation: UPRIGHT }

/** How the image lies on the stage: whole and upright until a person says otherwise, and so again for the next image. */
export function useStageView(image: Image) {
  const { ref: sized, width, height } = useElementSize()
  const frame = useRef<HTMLDivElement>(null)
  const element = useMergedRef(sized, frame)
  const [laid, setLaid] = useState<{ imageId: string; how: Laid }>({ imageId: '', how: FITTED })
  const room = useMemo(() => ({ width, height }), [width, height])
  const how = laid.imageId === image.id ? laid.how : FITTED
  const { width: across, height: down } = image
  const view = useMemo(
    () => (how.kind === 'manual' ? how.view : fitView({ width: across, height: down }, room, how.orientation)),
    [how, across, down, room],
  )
  const lay = (next: Laid) => setLaid({ imageId: image.id, how: next })
  const setView = (next: View) => lay({ kind: 'manual', view: next })
  const zoom = (factor: number, x = width / 2, y = height / 2) => setView(zoomAt(view, factor, x, y))
  useWheel(frame, zoom)
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
  return { element, frame, view, room, isMeasured: width > 0, run, turn, setView, zoom, drag }
}
