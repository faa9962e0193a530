import type { Image } from '@vesalius/contracts'
import { type ReactNode, useEffect, useEffectEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStable } from '../../ui/use-stable.ts'
import type { PixelScene } from '../marks/pixels/scene.ts'
import { type Beside, BesidePane } from './BesidePane.tsx'
import { FrameBar } from './FrameBar.tsx'
import { useFrameStore } from './frames/frames-context.tsx'
import { ImageCanvas } from './ImageCanvas.tsx'
import classes from './ImageStage.module.css'
import { PixelReadout } from './PixelReadout.tsx'
import { ScaleBar } from './ScaleBar.tsx'
import { StageTools } from './StageTools.tsx'
import type { Stage } from './stage.ts'
import { isTiled } from './tiles/is-tiled.ts'
import { levelFor, wholeTiles } from './tiles/pyramid.ts'
import type { Adjustment } from './tone/adjustment.ts'
import { useTone } from './tone/use-tone.ts'
import { useWindowDrag } from './tone/use-window-drag.ts'
import { useFingers } from './use-fingers.ts'
import { useShown } from './use-shown.ts'
import { useStageKeys } from './use-stage-keys.ts'
import { type StageAction, useStageView } from './use-stage-view.ts'
import { shownPart } from './view.ts'

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
  /** What is shown to its right. */
  beside?: Beside | null
  /** More buttons among those of the stage. */
  tools?: ReactNode
}

/** The image as a person looks at it, with all that changes how it is shown. */
export function ImageStage({
  image,
  frame,
  onFrame,
  adjustment,
  onAdjust,
  command,
  isOn,
  over,
  beside = null,
  tools,
}: Props) {
  const { t } = useTranslation()
  const store = useFrameStore()
  const lie = useStageView(image)
  const { view, room } = lie
  useFingers(lie.frame, view, lie.setView)
  const density = window.devicePixelRatio
  const shown = useShown(store, { image, frame, view, room, density })
  const { tonal, tiles } = shown
  const tone = useTone(tonal, adjustment)
  const windowing = useWindowDrag({ isOn, shown: tonal, adjustment, onAdjust })
  const adjust = useStable(onAdjust)
  const runAction = useStable(lie.run)
  const turnTo = useStable((degrees: number) => lie.turn(degrees - view.turn))
  const obey = useEffectEvent(lie.run)
  useEffect(() => {
    if (command) obey(command.kind)
  }, [command])
  useStageKeys(isOn, { image, frame, onFrame, onRun: lie.run, adjustment, onAdjust })
  // The same as long as nothing of it changes: what is drawn over the image is drawn anew with it.
  const stage = useMemo((): Stage => {
    const getScene = (): PixelScene | null => {
      const scene = { image, frame, adjustment }
      if (!isTiled(image)) return { ...scene, tiled: null }
      if (!tiles) return null
      const level = levelFor(tiles, view, window.devicePixelRatio)
      // Whole tiles, so that moving a little looks at the same pixels.
      const part = wholeTiles(tiles, level, shownPart(view, image, room))
      return { ...scene, tiled: { tiles, level, part } }
    }
    return { ...room, view, frame, adjustment, getScene }
  }, [image, room, view, frame, adjustment, tiles])
  return (
    <div
      className={classes.stage}
      data-parted={beside !== null || undefined}
      data-frames={image.frames > 1 || undefined}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way of several; keys and buttons do the same */}
      <div
        ref={lie.element}
        className={classes.frame}
        data-windowing={windowing.isOn || undefined}
        {...windowing.handlers}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={lie.drag}
        onDoubleClick={() => lie.run('fit')}
        onContextMenu={(event) => event.preventDefault()}
      >
        {shown.hasFailed && <p className={classes.failed}>{t('annotate.imageFailed')}</p>}
        {!shown.hasFailed && lie.isMeasured && (
          <ImageCanvas
            layers={shown.layers}
            tone={tone}
            isSmooth={adjustment.isSmooth}
            label={t('annotate.imageOf', { name: image.name })}
            ahead={store}
            {...{ image, view, room, density }}
          />
        )}
        {!shown.hasFailed && !shown.isReady && isTiled(image) && (
          <p className={classes.preparing}>{t('stage.preparing')}</p>
        )}
        {!shown.hasFailed && lie.isMeasured && over?.(stage)}
      </div>
      {beside && lie.isMeasured && (
        <BesidePane
          size={image}
          onZoom={lie.zoom}
          onDrag={lie.drag}
          {...{ beside, store, view, room, density, adjustment }}
        />
      )}
      <div className={classes.corner}>
        <ScaleBar spacing={image.spacing} view={view} />
        <PixelReadout over={lie.frame} view={view} size={image} source={shown.source} />
      </div>
      {image.frames > 1 && <FrameBar frames={image.frames} frame={frame} isReady={shown.isReady} onFrame={onFrame} />}
      <StageTools
        scale={view.scale}
        turn={view.turn}
        frame={tonal}
        adjustment={adjustment}
        onAdjust={adjust}
        onRun={runAction}
        onTurn={turnTo}
      >
        {tools}
      </StageTools>
    </div>
  )
}
