import type { Image } from '@vesalius/contracts'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileUrl, previewUrl } from '../../features/images/image-queries.ts'
import { type Adjustment, filterOf } from './adjustment.ts'
import classes from './ImageStage.module.css'
import { PixelReadout } from './PixelReadout.tsx'
import { StageTools } from './StageTools.tsx'
import { type StageAction, useStageView } from './use-stage-view.ts'
import type { Size, View } from './view.ts'

export interface StageCommand {
  kind: StageAction
  count: number
}

interface Props {
  image: Image
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
  command: StageCommand | null
  /** What is drawn over the image; it takes the pointer first. */
  over?: (stage: Stage) => ReactNode
}

/** How the image lies in a room of `width` × `height` pixels of the page, and where it comes from. */
export interface Stage extends Size {
  view: View
  url: string
}

/** Formats a browser draws by itself; others are shown by the server's preview. */
const DRAWABLE = new Set(['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'avif'])

export function ImageStage({ image, adjustment, onAdjust, command, over }: Props) {
  const { t } = useTranslation()
  const { stage, frame, view, room, isMeasured, run, drag } = useStageView(image)
  const [failed, setFailed] = useState<string | null>(null)
  const url = DRAWABLE.has(image.type) ? fileUrl(image.id) : previewUrl(image.id, 4096)
  const obey = useEffectEvent(run)
  useEffect(() => {
    if (command) obey(command.kind)
  }, [command])
  return (
    <div ref={stage} className={classes.stage}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way of several; keys and buttons do the same */}
      <div
        ref={frame}
        className={classes.frame}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => run('fit')}
      >
        {failed === image.id && <p className={classes.failed}>{t('annotate.imageFailed')}</p>}
        {failed !== image.id && isMeasured && (
          <img
            key={image.id}
            alt={t('annotate.imageOf', { name: image.name })}
            src={url}
            draggable={false}
            onError={() => setFailed(image.id)}
            style={{
              width: image.width,
              height: image.height,
              transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
              imageRendering: view.scale > 2 ? 'pixelated' : 'auto',
              filter: filterOf(adjustment),
            }}
          />
        )}
        {failed !== image.id && isMeasured && over?.({ ...room, view, url })}
      </div>
      <PixelReadout frame={frame} view={view} size={image} url={DRAWABLE.has(image.type) ? url : null} />
      <StageTools scale={view.scale} adjustment={adjustment} onAdjust={onAdjust} onRun={run} />
    </div>
  )
}
