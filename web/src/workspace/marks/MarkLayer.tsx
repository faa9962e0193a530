import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../viewport/stage.ts'
import { applyBoxGesture, handleAt } from './box-gesture.ts'
import { drawBrush, drawGesture } from './draw-gesture.ts'
import { MarkCanvas } from './MarkCanvas.tsx'
import classes from './Marks.module.css'
import type { Mark } from './mark.ts'
import { colourOf } from './tools.ts'
import { useMarkKeys, useSpaceBar } from './use-mark-keys.ts'
import type { MarkingDesk } from './use-marking.ts'
import { usePointerGesture } from './use-pointer-gesture.ts'

interface Props {
  desk: MarkingDesk
  stage: Stage
  isOn: boolean
  tagOf: (mark: Mark) => string
}

/** The marks over the image, and above them what the pointer is about to do. */
export function MarkLayer({ desk, stage, isOn, tagOf }: Props) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { view, width, height } = stage
  const { tool, size, shown, selected, radius } = desk
  const density = window.devicePixelRatio
  const isPanning = useSpaceBar(isOn) || tool === 'hand'
  const pointer = usePointerGesture({ desk, stage, canvas, isPanning })
  useMarkKeys(isOn, desk, pointer)
  const { gesture, hover } = pointer
  const isBrush = !isPanning && (tool === 'brush' || tool === 'eraser')
  const brush = isBrush && desk.isOpen ? hover : null

  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, element.width, element.height)
    const sketch = { view, density, size, colour: colourOf(desk.classIndex) }
    if (gesture) drawGesture(element, gesture, sketch)
    if (brush) drawBrush(element, brush, radius, sketch)
  })

  const isChanging = gesture?.kind === 'move' || gesture?.kind === 'resize'
  const [only] = shown.filter(({ id }) => selected.has(id))
  const isOnHandle = tool === 'box' && selected.size === 1 && only && hover && handleAt(only, hover, pointer.reach)
  const idle = tool === 'select' ? 'default' : isOnHandle ? 'move' : 'crosshair'
  const cursor = isPanning ? 'grab' : isBrush ? 'none' : idle
  const place = { width: Math.round(width * density), height: Math.round(height * density) }
  return (
    <>
      <MarkCanvas
        label={t('marks.count', { count: shown.length })}
        marks={isChanging ? applyBoxGesture(shown, gesture, size) : shown}
        hasInstances={desk.hasInstances}
        opacity={desk.opacity}
        {...{ stage, density, selected, tagOf }}
      />
      <canvas
        ref={canvas}
        aria-hidden
        className={classes.layer}
        style={{ width, height, cursor }}
        {...place}
        {...pointer.handlers}
        onDoubleClick={(event) => {
          event.stopPropagation()
          if (gesture?.kind === 'polygon') pointer.closePolygon(gesture.points)
        }}
      />
    </>
  )
}
