import { frameOf, type Measure, type PixelSpacing } from '@vesalius/contracts'
import { useLayoutEffect, useRef } from 'react'
import { clearCanvas } from '../../ui/clear-canvas.ts'
import type { Stage } from '../viewport/stage.ts'
import { drawMeasurement } from './draw-measurement.ts'
import classes from './Marks.module.css'
import { measurementOf } from './measure.ts'
import { useMeasureText } from './use-measure-text.ts'

interface Props {
  measures: readonly Measure[]
  spacing: PixelSpacing | null
  stage: Pick<Stage, 'view' | 'frame' | 'width' | 'height'>
}

/** What was measured, to be looked at only. */
export function MeasureCanvas({ measures, spacing, stage }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useMeasureText(spacing)
  const { view, frame, width, height } = stage
  const density = window.devicePixelRatio
  const shown = measures.filter((measure) => frameOf(measure) === frame).map(measurementOf)
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    clearCanvas(context)
    for (const measurement of shown) drawMeasurement(element, measurement, text(measurement), { view, density })
  })
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={shown.map(text).join(', ')}
      className={classes.layer}
      style={{ width, height }}
      width={Math.round(width * density)}
      height={Math.round(height * density)}
    />
  )
}
