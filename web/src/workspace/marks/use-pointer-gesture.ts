import { type PointerEvent, type RefObject, useState } from 'react'
import type { Stage } from '../viewport/stage.ts'
import { toImage } from '../viewport/view.ts'
import { applyBoxGesture, boxAt, drawnBox, startBoxGesture } from './box-gesture.ts'
import type { Gesture } from './draw-gesture.ts'
import { growRegion } from './grow-region.ts'
import { personsBox, toggled } from './mark.ts'
import { addStroke, eraseStroke, maskAt, splitMasks } from './mask-edits.ts'
import { continuePaint, cutRegion, isClosing, startPaint } from './mask-gesture.ts'
import type { Region } from './region.ts'
import { type Point, polygon } from './region-shapes.ts'
import type { MarkingDesk } from './use-marking.ts'

/** How near a pointer must come to a handle or a first point, in pixels of the page. */
const REACH = 8
/** A pointer that moved less has clicked. */
const CLICK = 3

interface Given {
  desk: MarkingDesk
  stage: Stage
  canvas: RefObject<HTMLCanvasElement | null>
  isPanning: boolean
}

/** Turns what the pointer does over the image into edits of its marks. */
export function usePointerGesture({ desk, stage, canvas, isPanning }: Given) {
  const { view } = stage
  const [gesture, setGesture] = useState<Gesture | null>(null)
  const [hover, setHover] = useState<Point | null>(null)
  const { tool, size, list, shown, selected, hasInstances, radius, classIndex } = desk
  const reach = REACH / view.scale

  const pointOf = (event: { clientX: number; clientY: number }): Point => {
    const box = canvas.current?.getBoundingClientRect()
    return toImage(view, { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) })
  }
  const add = (region: Region, start: Point | null) => {
    const { list: next, touched } = addStroke(list, { region, class: classIndex, start }, { selected, hasInstances })
    desk.edit(next, hasInstances && touched ? [touched] : undefined)
  }
  const click = (point: Point, isMore: boolean) => {
    const mark = desk.kind?.kind === 'box' ? boxAt(shown, point) : maskAt(shown, point)
    if (!mark) return isMore ? undefined : desk.select([])
    desk.select(isMore ? toggled(selected, mark.id) : [mark.id])
  }
  const closePolygon = (points: readonly Point[]) => {
    setGesture(null)
    add(polygon(points, size), null)
  }
  const grow = async (point: Point) => {
    add(growRegion(await stage.readGrid(), point, desk.tolerance), point)
  }

  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0 || isPanning || gesture?.kind === 'paint') return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    const point = pointOf(event)
    if (!desk.isOpen || tool === 'select') return click(point, event.shiftKey)
    if (tool === 'box') setGesture(startBoxGesture(shown, selected, point, reach))
    if (tool === 'brush' || tool === 'eraser') {
      const mode = (tool === 'eraser') !== event.ctrlKey ? 'erase' : 'add'
      setGesture(startPaint(mode, point, radius * pressureOf(event), size))
    }
    if (tool === 'split') setGesture({ kind: 'cut', start: point, now: point })
    if (tool === 'grow') void grow(point)
    if (tool !== 'polygon') return
    const points = gesture?.kind === 'polygon' ? gesture.points : []
    const next = { kind: 'polygon', points, now: point } as const
    if (isClosing(next, point, reach)) closePolygon(points)
    else setGesture({ ...next, points: [...points, point] })
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const point = pointOf(event)
    setHover(point)
    if (gesture) event.stopPropagation()
    if (gesture?.kind === 'paint') {
      const passed = event.nativeEvent.getCoalescedEvents?.() ?? []
      setGesture(continuePaint(gesture, passed.length > 0 ? passed.map(pointOf) : [point], size))
    } else if (gesture?.kind === 'polygon' && event.buttons === 1) {
      // Dragged, a polygon is drawn freehand.
      setGesture({ ...gesture, points: [...gesture.points, point], now: point })
    } else if (gesture) setGesture({ ...gesture, now: point })
  }
  const release = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!gesture || gesture.kind === 'polygon') return
    event.stopPropagation()
    setGesture(null)
    if (gesture.kind === 'paint') {
      const isOpen = desk.isVisible
      if (gesture.mode === 'add') add(gesture.region, gesture.points[0] as Point)
      else desk.edit(eraseStroke(list, gesture.region, { selected, isOpen }))
      return
    }
    if (gesture.kind === 'cut') return desk.edit(splitMasks(list, cutRegion(gesture, size), selected), [])
    const moved = Math.hypot(gesture.now.x - gesture.start.x, gesture.now.y - gesture.start.y) * view.scale
    if (moved < CLICK) return click(gesture.start, event.shiftKey)
    if (gesture.kind !== 'draw') return desk.edit(applyBoxGesture(list, gesture, size))
    const box = drawnBox(gesture, size)
    if (!box) return
    const mark = personsBox(classIndex, box)
    desk.edit([...list, mark], [mark.id])
  }

  return {
    ...{ gesture, setGesture, hover, reach, closePolygon },
    handlers: {
      onPointerDown: press,
      onPointerMove: move,
      onPointerUp: release,
      onPointerCancel: () => setGesture(null),
      onPointerLeave: () => setHover(null),
    },
  }
}
/** How much wider or narrower a pen draws than a mouse, by how hard it is pressed. */
function pressureOf({ pointerType, pressure }: { pointerType: string; pressure: number }): number {
  return pointerType === 'pen' && pressure > 0 ? 0.4 + 1.2 * pressure : 1
}

export type PointerGesture = ReturnType<typeof usePointerGesture>
