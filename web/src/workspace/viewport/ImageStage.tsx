import type { Image } from '@vesalius/contracts'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { shadesOf } from './canvas-renderer.ts'
import { FrameBar } from './FrameBar.tsx'
import { useFrameStore } from './frames/frames-context.tsx'
import { useFrame } from './frames/use-frame.ts'
import { ImageCanvas } from './ImageCanvas.tsx'
import classes from './ImageStage.module.css'
import { PixelReadout } from './PixelReadout.tsx'
import { ScaleBar } from './ScaleBar.tsx'
import { StageTools } from './StageTools.tsx'
import type { Stage } from './stage.ts'
import type { Adjustment } from './tone/adjustment.ts'
import { toneOf } from './tone/tone.ts'
import { useTone } from './tone/use-tone.ts'
import { useWindowDrag } from './tone/use-window-drag.ts'
import { useFingers } from './use-fingers.ts'
import { useStageKeys } from './use-stage-keys.ts'
import { type StageAction, useStageView } from './use-stage-view.ts'

export interface StageCommand {
  kind: StageAction
  count: number
}

interface Props {
  image: Image
  frame: number
  onFrame: (frame: number) => void
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
  command: StageCommand | null
  /** Whether keys are meant for the stage. */
  isOn: boolean
  /** What is drawn over the image; it takes the pointer first. */
  over?: ((stage: Stage) => ReactNode) | undefined
}

/** The image as a person looks at it, with all that changes how it is shown. */
export function ImageStage({ image, frame, onFrame, adjustment, onAdjust, command, isOn, over }: Props) {
  const { t } = useTranslation()
  const store = useFrameStore()
  const { shown, hasFailed } = useFrame(store, image, frame)
  const lie = useStageView(image)
  const { view, room } = lie
  useFingers(lie.frame, view, lie.setView)
  const tone = useTone(shown, adjustment)
  const windowing = useWindowDrag({ isOn, shown, adjustment, onAdjust })
  const obey = useEffectEvent(lie.run)
  useEffect(() => {
    if (command) obey(command.kind)
  }, [command])
  useStageKeys(isOn, { image, frame, onFrame, onRun: lie.run, adjustment, onAdjust })
  const density = window.devicePixelRatio
  const readGrid = async () => (await store.get(image, frame)).grid
  const readShown = async () => {
    const grid = await readGrid()
    return { width: grid.width, height: grid.height, data: shadesOf(grid, toneOf(grid, adjustment)) }
  }
  const stage: Stage = { ...room, view, frame, adjustment, readGrid, readShown }
  return (
    <div ref={lie.stage} className={classes.stage}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way of several; keys and buttons do the same */}
      <div
        ref={lie.frame}
        className={classes.frame}
        data-windowing={windowing.isOn || undefined}
        {...windowing.handlers}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={lie.drag}
        onDoubleClick={() => lie.run('fit')}
        onContextMenu={(event) => event.preventDefault()}
      >
        {hasFailed && <p className={classes.failed}>{t('annotate.imageFailed')}</p>}
        {!hasFailed && lie.isMeasured && (
          <ImageCanvas
            frame={shown}
            tone={tone}
            isSmooth={adjustment.isSmooth}
            label={t('annotate.imageOf', { name: image.name })}
            {...{ view, room, density }}
          />
        )}
        {!hasFailed && lie.isMeasured && over?.(stage)}
      </div>
      <div className={classes.corner}>
        <ScaleBar spacing={image.spacing} view={view} />
        <PixelReadout over={lie.frame} view={view} size={image} frame={shown} />
      </div>
      {image.frames > 1 && (
        <FrameBar frames={image.frames} frame={frame} isReady={shown?.frame === frame} onFrame={onFrame} />
      )}
      <StageTools
        view={view}
        frame={shown}
        adjustment={adjustment}
        onAdjust={onAdjust}
        onRun={lie.run}
        onTurn={(degrees) => lie.turn(degrees - view.turn)}
      />
    </div>
  )
}
