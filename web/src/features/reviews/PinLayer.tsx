import type { CommentPlace } from '@vesalius/contracts'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../../workspace/viewport/stage.ts'
import { toImage, toStage } from '../../workspace/viewport/view.ts'
import classes from './Remarks.module.css'
import type { Remarks } from './use-remarks.ts'

const STEP = 10
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The pins of the open remarks over the image; while a new one is being placed, all of the image takes it. */
export function PinLayer({
  remarks,
  stage,
  size,
}: {
  remarks: Remarks
  stage: Stage
  size: { width: number; height: number }
}) {
  const { t } = useTranslation()
  const { threads, opened, place, isPinning } = remarks
  const shown = threads.filter(({ first }) => first.place?.frame === stage.frame && first.resolvedAt === null)
  return (
    <>
      {shown.map(({ number, first }) => (
        <button
          key={first.id}
          type="button"
          className={classes.pin}
          style={placed(stage, first.place)}
          data-opened={opened === first.id || undefined}
          title={first.text}
          aria-label={t('remarks.pin', { number, text: first.text })}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => remarks.open(first.id)}
        >
          {number}
        </button>
      ))}
      {place && place.frame === stage.frame && (
        <span className={classes.pin} data-draft style={placed(stage, place)} aria-hidden>
          +
        </span>
      )}
      {isPinning && place && <PinTarget {...{ remarks, stage, size, place }} />}
    </>
  )
}

interface TargetProps {
  remarks: Remarks
  stage: Stage
  size: { width: number; height: number }
  place: CommentPlace
}

function PinTarget({ remarks, stage, size, place }: TargetProps) {
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
    if (event.key === 'Enter') return remarks.placePin(place)
    if (event.key === 'Escape') return remarks.placePin(null)
    const [x = 0, y = 0] = arrow ?? []
    const step = (event.shiftKey ? 1 : STEP) / stage.view.scale
    remarks.movePin(within(place.x + x * step, place.y + y * step))
  }
  const click = (event: PointerEvent) => {
    event.stopPropagation()
    const box = event.currentTarget.getBoundingClientRect()
    const at = toImage(stage.view, { x: event.clientX - box.left, y: event.clientY - box.top })
    remarks.placePin(within(at.x, at.y))
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
