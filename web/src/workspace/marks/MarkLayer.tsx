import type { Image, Project } from '@vesalius/contracts'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { clearCanvas } from '../../ui/clear-canvas.ts'
import { useStable } from '../../ui/use-stable.ts'
import { scopesOf } from '../actions/commands.ts'
import { AskState } from '../assist/AskState.tsx'
import { useAsk } from '../assist/use-ask.ts'
import type { Comparison } from '../compare/compare-marks.ts'
import { drawComparison } from '../compare/draw-comparison.ts'
import type { Stage } from '../viewport/stage.ts'
import { useHeldKey } from '../viewport/use-held-key.ts'
import { applyBoxGesture, handleAt } from './box-gesture.ts'
import { drawBrush, drawCrosshair, drawHint, drawSketch, drawVertices } from './draw-gesture.ts'
import { drawMeasurement } from './draw-measurement.ts'
import { sketchOf } from './gestures/sketch.ts'
import { editedRings } from './gestures/vertex.ts'
import { MarkCanvas } from './MarkCanvas.tsx'
import classes from './Marks.module.css'
import type { Mark } from './mark.ts'
import { colourOf, type MarkTool } from './tools.ts'
import { useCrosshair } from './use-crosshair.ts'
import { useMarkKeys, useSpaceBar } from './use-mark-keys.ts'
import type { MarkingDesk } from './use-marking.ts'
import { useMeasureText } from './use-measure-text.ts'
import { usePointerGesture } from './use-pointer-gesture.ts'

/** Held, it shows the image without marks. */
const HIDING_KEY = '`'
/** Tools that look at the picture: as fine as it is seen. */
const LOOKS: ReadonlySet<MarkTool> = new Set(['scissors', 'grow', 'threshold', 'superpixels'])
const NO_MARKS: readonly Mark[] = []

interface Props {
  project: Project
  image: Image
  desk: MarkingDesk
  stage: Stage
  isOn: boolean
  tagOf: (mark: Mark) => string
  /** What changed against the guess, to be shown over the marks. */
  comparison: Comparison | null
}

/** The marks over the image, and above them what the pointer is about to do. */
export function MarkLayer({ project, image, desk, stage, isOn, tagOf, comparison }: Props) {
  const { t } = useTranslation()
  const measureText = useMeasureText(desk.spacing)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { view, width, height } = stage
  const { tool, size, shown, selected, radius } = desk
  const density = window.devicePixelRatio
  const isPanning = useSpaceBar(isOn) || tool === 'hand'
  const isHolding = useHeldKey(HIDING_KEY, isOn)
  const onQuestion = useAsk({ project, image, frame: stage.frame })
  const pointer = usePointerGesture({ desk, stage, canvas, isPanning, onQuestion })
  const crosshair = useCrosshair(desk, pointer, view.scale)
  useMarkKeys({ isOn, scopes: scopesOf(desk.kind), desk, pointer, crosshair })
  const { live, seen, ground, machine } = pointer
  const isBrush =
    !isPanning && (tool === 'brush' || tool === 'eraser' || (tool === 'threshold' && desk.fieldShape === 'brush'))

  /** Above the marks; painted without the page being rendered. */
  const paint = useStable(() => {
    const { hover, trail } = pointer.doing()
    const { gesture } = trail
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    clearCanvas(context)
    const paper = { view, density, colour: colourOf(desk.classIndex, project.classColours) }
    if (comparison && !isHolding) drawComparison(element, comparison, paper)
    const hint = !gesture && hover && !isPanning ? machine?.hint?.(hover, ground) : null
    if (hint) drawHint(element, hint, paper)
    if (tool === 'vertices' && !gesture) {
      for (const { vertices } of editedRings(shown, selected)) drawVertices(element, vertices, paper)
    }
    const held = gesture?.kind === 'remeasure' ? gesture.changed.id : null
    for (const measurement of desk.measurements) {
      if (measurement.id !== held) drawMeasurement(element, measurement, measureText(measurement), paper)
    }
    if (gesture) {
      const sketch = sketchOf(gesture, ground)
      drawSketch(element, sketch, paper)
      if (sketch.measure) drawMeasurement(element, sketch.measure, measureText(sketch.measure), paper)
    }
    if (isBrush && desk.isOpen && hover) drawBrush(element, hover, radius, paper)
    if (crosshair.at) drawCrosshair(element, crosshair.at, paper)
  })
  useLayoutEffect(() => paint())
  useEffect(() => live.onPaint(paint), [live, paint])

  const { gesture, hover } = seen
  const isChanging = gesture?.kind === 'move' || gesture?.kind === 'resize'
  const [only] = shown.filter(({ id }) => selected.has(id))
  const isOnHandle = tool === 'box' && selected.size === 1 && only && hover && handleAt(only, hover, ground.reach)
  const idle = tool === 'select' ? 'default' : isOnHandle ? 'move' : 'crosshair'
  const cursor = isPanning ? 'grab' : isBrush ? 'none' : idle
  const coarse = 2 ** (stage.getScene()?.tiled?.level ?? 0)
  const place = { width: Math.round(width * density), height: Math.round(height * density) }
  return (
    <>
      {desk.kind && (
        <MarkCanvas
          label={t('marks.count', { count: shown.length })}
          marks={isHolding ? NO_MARKS : isChanging ? applyBoxGesture(shown, gesture, size) : shown}
          hasInstances={desk.hasInstances}
          colours={project.classColours}
          opacity={desk.isOutline ? 0 : desk.opacity}
          {...{ stage, density, selected, tagOf }}
        />
      )}
      <canvas
        ref={canvas}
        aria-hidden
        className={classes.layer}
        style={{ width, height, cursor }}
        {...place}
        {...pointer.handlers}
      />
      {gesture?.kind === 'ask' && <AskState gesture={gesture} onTake={pointer.finish} onRefuse={pointer.cancel} />}
      {LOOKS.has(tool) && coarse > 1 && (
        <output className={classes.coarse}>{t('marks.coarse', { count: coarse })}</output>
      )}
      {crosshair.at && (
        <output className={classes.crosshair}>
          {t('marks.crosshairAt', { x: Math.floor(crosshair.at.x), y: Math.floor(crosshair.at.y) })}
        </output>
      )}
    </>
  )
}
