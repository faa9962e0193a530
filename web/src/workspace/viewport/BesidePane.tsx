import type { Image } from '@vesalius/contracts'
import { type PointerEvent, type ReactNode, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FrameStore } from './frames/frame-store.ts'
import { ImageCanvas } from './ImageCanvas.tsx'
import classes from './ImageStage.module.css'
import { PixelReadout } from './PixelReadout.tsx'
import type { Stage } from './stage.ts'
import type { Adjustment } from './tone/adjustment.ts'
import { useTone } from './tone/use-tone.ts'
import { useShown } from './use-shown.ts'
import { useWheel } from './use-wheel.ts'
import type { Size, View } from './view.ts'

/** What is shown beside the image, and what is drawn over it. */
export interface Beside {
  image: Image
  frame: number
  over?: ((stage: Pick<Stage, 'view' | 'frame' | 'width' | 'height'>) => ReactNode) | undefined
}

interface Props {
  beside: Beside
  store: FrameStore
  /** How the image itself lies: this one follows it, place by place. */
  view: View
  size: Size
  room: Size
  density: number
  adjustment: Adjustment
  onZoom: (factor: number, x: number, y: number) => void
  onDrag: (event: PointerEvent) => void
}

/** A second image, or the same with other marks, that moves and zooms along with the first. */
export function BesidePane({ beside, store, view, size, room, density, adjustment, onZoom, onDrag }: Props) {
  const { t } = useTranslation()
  const pane = useRef<HTMLDivElement>(null)
  const { image, over } = beside
  const frame = Math.min(beside.frame, image.frames - 1)
  const factor = size.width / image.width
  // Images of other sizes are laid over each other by their width.
  const own = useMemo(() => (factor === 1 ? view : { ...view, scale: view.scale * factor }), [view, factor])
  const shown = useShown(store, { image, frame, view: own, room, density })
  const tone = useTone(shown.tonal, adjustment)
  useWheel(pane, onZoom)
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way of several; keys and buttons do the same */}
      <div
        ref={pane}
        className={classes.beside}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onDrag}
      >
        {shown.hasFailed ? (
          <p className={classes.failed}>{t('annotate.imageFailed')}</p>
        ) : (
          <>
            <ImageCanvas
              layers={shown.layers}
              label={t('beside.besideOf', { name: image.name })}
              view={own}
              isSmooth={adjustment.isSmooth}
              {...{ image, tone, room, density }}
            />
            {over?.({ ...room, view: own, frame })}
          </>
        )}
        <p className={classes.caption}>{image.name}</p>
      </div>
      <div className={classes.besideCorner}>
        <PixelReadout over={pane} view={own} size={image} source={shown.source} />
      </div>
    </>
  )
}
