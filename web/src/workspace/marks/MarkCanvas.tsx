import { memo, useLayoutEffect, useRef } from 'react'
import type { Stage } from '../viewport/stage.ts'
import { drawMarks, type Scene } from './draw-marks.ts'
import classes from './Marks.module.css'

interface Props extends Omit<Scene, 'view'> {
  stage: Pick<Stage, 'view' | 'width' | 'height'>
  label: string
}

/** Draws the marks anew only when they, or the way the image lies, have changed: never while a stroke is under way. */
export const MarkCanvas = memo(function MarkCanvas({ stage, label, ...scene }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { view, width, height } = stage
  const { density } = scene
  useLayoutEffect(() => {
    if (canvas.current) drawMarks(canvas.current, { ...scene, view })
  })
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={classes.layer}
      style={{ width, height }}
      width={Math.round(width * density)}
      height={Math.round(height * density)}
    />
  )
})
