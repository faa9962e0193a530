import type { CommentPlace } from '@vesalius/contracts'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../../workspace/viewport/stage.ts'
import { toImage, toStage } from '../../workspace/viewport/view.ts'
import classes from './Remarks.module.css'

/** What pins are of: remarks on an image, or what people talk about it. */
export interface Pins {
  items: readonly { id: string; number: number; text: string; place: CommentPlace | null }[]
  opened: string | null
  open: (id: string) => void
  /** Of a new one. */
  place: CommentPlace | null
  isPinning: boolean
  movePin: (place: CommentPlace) => void
  placePin: (place: CommentPlace | null) => void
}

const STEP = 10
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Pins over the image; while a new one is being placed, all of the image takes it. */
export function PinLayer({
  pins,
  kind = 'remark',
  stage,
  size,
}: {
  pins: Pins
  kind?: 'remark' | 'discussion'
  stage: Stage
  size: { width: number; height: number }
}) {
  const { t } = useTranslation()
  const { items, opened, place, isPinning } = pins
  const shown = items.filter((item) => item.place?.frame === stage.frame)
  return (
    <>
      {shown.map(({ id, number, text, place: at }) => (
        <button
          key={id}
          type="button"
          className={classes.pin}
          style={placed(stage, at)}
          data-kind={kind}
          data-opened={opened === id || undefined}
          title={text}
          aria-label={t(kind === 'remark' ? 'remarks.pin' : 'messages.pin', { number, text })}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => pins.open(id)}
        >
          {number}
        </button>
      ))}
      {place && place.frame === stage.frame && (
        <span className={classes.pin} data-draft style={placed(stage, place)} aria-hidden>
          +
        </span>
      )}
      {isPinning && place && <PinTarget {...{ pins, stage, size, place }} />}
    </>
  )
}

interface TargetProps {
  pins: Pins
  stage: Stage
  size: { width: number; height: number }
  place: CommentPlace
}

function PinTarget({ pins, stage, size, place }: TargetProps) {
  const { t } = useTranslation()
  const target = useRef<HTMLButtonElement>(null)
  useEffect(() => target.current?.focus(), [])
  const within = (x: number, y: number): CommentPlace => ({
    ...place,
    x: Math.min(size.width, Math.max(0, x)),
    y: Math.min(size.height, Math.max(0, y)),
    frame: stage.frame,
    markId: null,
  })
  const press = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key]
    if (!arrow && event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') return pins.placePin(place)
    if (event.key === 'Escape') return pins.placePin(null)
    const [x = 0, y = 0] = arrow ?? []
    const step = (event.shiftKey ? 1 : STEP) / stage.view.scale
    pins.movePin(within(place.x + x * step, place.y + y * step))
  }
  const click = (event: PointerEvent) => {
    event.stopPropagation()
    const box = event.currentTarget.getBoundingClientRect()
    const at = toImage(stage.view, { x: event.clientX - box.left, y: event.clientY - box.top })
    pins.placePin(within(at.x, at.y))
  }
  return (
    <button
      ref={target}
      type="button"
      className={classes.target}
      aria-label={t('remarks.pinHelp')}
      onPointerDown={click}
      onKeyDown={press}
    />
  )
}

function placed(stage: Stage, place: CommentPlace | null) {
  const { x, y } = toStage(stage.view, place ?? { x: 0, y: 0 })
  return { left: x, top: y }
}
