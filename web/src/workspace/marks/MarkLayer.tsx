import { type PointerEvent, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../viewport/ImageStage.tsx'
import { applyBoxGesture, boxAt, drawnBox, handleAt, startBoxGesture } from './box-gesture.ts'
import { drawBrush, drawGesture, type Gesture } from './draw-gesture.ts'
import { drawMarks } from './draw-marks.ts'
import { growRegion } from './grow-region.ts'
import classes from './Marks.module.css'
import { type Mark, newMarkId, toggled } from './mark.ts'
import { type MarkKey, markKey } from './mark-keys.ts'
import { addStroke, eraseStroke, maskAt, splitMasks } from './mask-edits.ts'
import { continuePaint, cutRegion, isClosing, startPaint } from './mask-gesture.ts'
import { readPixels } from './read-pixels.ts'
import type { Region } from './region.ts'
import { type Point, polygon } from './region-shapes.ts'
import { colourOf } from './tools.ts'
import type { MarkingDesk } from './use-marking.ts'

interface Props {
  desk: MarkingDesk
  stage: Stage
  isOn: boolean
  tagOf: (mark: Mark) => string
}

/** How near a pointer must come to a handle or a first point, in pixels of the page. */
const REACH = 8
/** A pointer that moved less has clicked. */
const CLICK = 3

/** Draws the marks over the image and turns what the pointer and keys do into edits of them. */
export function MarkLayer({ desk, stage: { view, width, height, url }, isOn, tagOf }: Props) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [gesture, setGesture] = useState<Gesture | null>(null)
  const [hover, setHover] = useState<Point | null>(null)
  const [isSpace, setIsSpace] = useState(false)
  const { tool, size, list, shown, selected, hasInstances, radius, classIndex } = desk
  const density = typeof window === 'undefined' ? 1 : window.devicePixelRatio
  const reach = REACH / view.scale
  const isPanning = isSpace || tool === 'hand'
  const isBrush = !isPanning && (tool === 'brush' || tool === 'eraser')

  useLayoutEffect(() => {
    const element = canvas.current
    if (!element) return
    const isBox = gesture?.kind === 'move' || gesture?.kind === 'resize'
    const marks = isBox ? applyBoxGesture(shown, gesture, size) : shown
    drawMarks(element, { view, density, marks, selected, hasInstances, opacity: desk.opacity, tagOf })
    const sketch = { view, density, size, colour: colourOf(classIndex) }
    if (gesture) drawGesture(element, gesture, sketch)
    if (isBrush && hover && desk.isOpen) drawBrush(element, hover, radius, sketch)
  })

  const pointOf = (event: { clientX: number; clientY: number }): Point => {
    const box = canvas.current?.getBoundingClientRect()
    return {
      x: (event.clientX - (box?.left ?? 0) - view.x) / view.scale,
      y: (event.clientY - (box?.top ?? 0) - view.y) / view.scale,
    }
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
    const { data } = await readPixels(url, size)
    add(growRegion(data, size, point, desk.tolerance), point)
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
      setGesture(startPaint(mode, point, radius, size))
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
    const mark: Mark = {
      id: newMarkId(),
      class: classIndex,
      origin: 'person',
      score: null,
      shape: { kind: 'box', box },
    }
    desk.edit([...list, mark], [mark.id])
  }

  const obey = (key: MarkKey) => {
    switch (key.kind) {
      case 'tool':
        setGesture(null)
        return desk.setTool(key.tool)
      case 'radius':
        return desk.setRadius(radius * key.factor)
      case 'nudge':
        return desk.nudge(key.x, key.y)
      case 'class':
        return desk.chooseClass(key.index)
      case 'accept':
        return desk.accept()
      case 'remove':
        if (gesture?.kind !== 'polygon') return desk.remove()
        return setGesture(gesture.points.length > 1 ? { ...gesture, points: gesture.points.slice(0, -1) } : null)
      case 'cancel':
        return gesture ? setGesture(null) : desk.select([])
      case 'cycle':
        return desk.step(1)
      case 'cycleBack':
        return desk.step(-1)
      case 'copy':
        return desk.copy()
      case 'paste':
        return desk.paste()
      case 'all':
        return desk.selectAll()
      case 'holes':
        return desk.fillHoles()
      case 'merge':
        return desk.merge()
    }
  }
  const keyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.isComposing || isTyping(event.target)) return
    if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault()
      return setIsSpace(true)
    }
    const isClosed = event.key === 'Enter' && gesture?.kind === 'polygon'
    const key = markKey(event, desk.tools)
    if (!isClosed && !key) return
    // The rest of the screen must not act on it as well.
    event.preventDefault()
    event.stopImmediatePropagation()
    if (isClosed) closePolygon(gesture.points)
    else if (key) obey(key)
  })
  useEffect(() => {
    const down = (event: KeyboardEvent) => keyDown(event)
    const up = (event: KeyboardEvent) => event.key === ' ' && setIsSpace(false)
    window.addEventListener('keydown', down, { capture: true })
    window.addEventListener('keyup', up)
    return () => {
      window.removeEventListener('keydown', down, { capture: true })
      window.removeEventListener('keyup', up)
    }
  }, [])

  const [only] = shown.filter(({ id }) => selected.has(id))
  const isOnHandle = tool === 'box' && selected.size === 1 && only && hover && handleAt(only, hover, reach) !== null
  const cursor = isPanning
    ? 'grab'
    : isBrush
      ? 'none'
      : isOnHandle
        ? 'move'
        : tool === 'select'
          ? 'default'
          : 'crosshair'
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t('marks.count', { count: shown.length })}
      className={classes.layer}
      style={{ width, height, cursor }}
      width={Math.round(width * density)}
      height={Math.round(height * density)}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => setGesture(null)}
      onPointerLeave={() => setHover(null)}
      onDoubleClick={(event) => {
        event.stopPropagation()
        if (gesture?.kind === 'polygon') closePolygon(gesture.points)
      }}
    />
  )
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="slider"]') !== null)
