import { ActionIcon, Popover, Slider, Switch, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconAspectRatio, IconBrightness, IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import type { Image } from '@vesalius/contracts'
import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileUrl, previewUrl } from '../../features/images/image-queries.ts'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './ImageStage.module.css'
import { centred, fitView, panBy, type View, zoomAt } from './view.ts'

export interface Adjustment {
  brightness: number
  contrast: number
  inverted: boolean
}
export const NO_ADJUSTMENT: Adjustment = { brightness: 1, contrast: 1, inverted: false }
export interface StageCommand {
  kind: 'fit' | 'actual' | 'zoomIn' | 'zoomOut'
  count: number
}

interface Props {
  image: Image
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
  command: StageCommand | null
}

/** Formats a browser draws by itself; others are shown by the server's preview. */
const DRAWABLE = new Set(['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'avif'])

export function ImageStage({ image, adjustment, onAdjust, command }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { ref, width, height } = useElementSize()
  const frame = useRef<HTMLDivElement>(null)
  const [manual, setManual] = useState<{ imageId: string; view: View } | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const stage = { width, height }
  const view = manual?.imageId === image.id ? manual.view : fitView(image, stage)
  const setView = (next: View) => setManual({ imageId: image.id, view: next })
  const zoom = (factor: number, x = width / 2, y = height / 2) => setView(zoomAt(view, factor, x, y))

  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const box = frame.current?.getBoundingClientRect()
    if (box) zoom(1.0018 ** -event.deltaY, event.clientX - box.left, event.clientY - box.top)
  })
  useEffect(() => {
    const element = frame.current
    const listener = (event: WheelEvent) => wheel(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [])
  const obey = useEffectEvent((kind: StageCommand['kind']) => {
    if (kind === 'fit') setManual(null)
    if (kind === 'actual') setView(centred(image, stage, 1 / window.devicePixelRatio))
    if (kind === 'zoomIn') zoom(1.5)
    if (kind === 'zoomOut') zoom(1 / 1.5)
  })
  useEffect(() => {
    if (command) obey(command.kind)
  }, [command])
  const drag = (event: PointerEvent) => {
    if (event.buttons & 1) setView(panBy(view, event.movementX, event.movementY, image, stage))
  }
  const { brightness, contrast, inverted } = adjustment
  return (
    <div ref={ref} className={classes.stage}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way of several; keys and buttons do the same */}
      <div
        ref={frame}
        className={classes.frame}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => setManual(null)}
      >
        {failed === image.id ? (
          <p className={classes.failed}>{t('annotate.imageFailed')}</p>
        ) : (
          width > 0 && (
            <img
              key={image.id}
              alt={t('annotate.imageOf', { name: image.name })}
              src={DRAWABLE.has(image.type) ? fileUrl(image.id) : previewUrl(image.id, 4096)}
              draggable={false}
              onError={() => setFailed(image.id)}
              style={{
                width: image.width,
                height: image.height,
                transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
                imageRendering: view.scale > 2 ? 'pixelated' : 'auto',
                filter: `invert(${inverted ? 1 : 0}) brightness(${brightness}) contrast(${contrast})`,
              }}
            />
          )
        )}
      </div>
      <div className={classes.tools}>
        <ActionIcon variant="subtle" aria-label={t('annotate.zoomOut')} onClick={() => zoom(1 / 1.5)}>
          <IconZoomOut size={17} />
        </ActionIcon>
        <span className={classes.zoom}>{format.percent(view.scale)}</span>
        <ActionIcon variant="subtle" aria-label={t('annotate.zoomIn')} onClick={() => zoom(1.5)}>
          <IconZoomIn size={17} />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={t('annotate.fit')} onClick={() => setManual(null)}>
          <IconMaximize size={17} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          aria-label={t('annotate.actualSize')}
          onClick={() => setView(centred(image, stage, 1 / window.devicePixelRatio))}
        >
          <IconAspectRatio size={17} />
        </ActionIcon>
        <Popover position="top" width={240} shadow="md">
          <Popover.Target>
            <ActionIcon variant="subtle" aria-label={t('annotate.adjust')}>
              <IconBrightness size={17} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            {(['brightness', 'contrast'] as const).map((name) => (
              <div key={name}>
                <Text size="sm">{t(`annotate.${name}`)}</Text>
                <Slider
                  mb="sm"
                  min={0.3}
                  max={3}
                  step={0.05}
                  label={(value) => format.percent(value)}
                  thumbLabel={t(`annotate.${name}`)}
                  value={adjustment[name]}
                  onChange={(value) => onAdjust({ ...adjustment, [name]: value })}
                />
              </div>
            ))}
            <Switch
              label={t('annotate.invert')}
              checked={inverted}
              onChange={() => onAdjust({ ...adjustment, inverted: !inverted })}
            />
          </Popover.Dropdown>
        </Popover>
      </div>
    </div>
  )
}
