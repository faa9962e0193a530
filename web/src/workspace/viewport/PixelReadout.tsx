import { calibrationOf, modalityOf } from '@vesalius/imaging'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useStable } from '../../ui/use-stable.ts'
import classes from './ImageStage.module.css'
import type { PixelSource } from './layers.ts'
import { isGrey } from './tone/tone.ts'
import { type Place, type Size, toImage, type View } from './view.ts'

interface Props {
  /** What the pointer moves over. */
  over: RefObject<HTMLElement | null>
  view: View
  size: Size
  source: PixelSource | null
}

/** What DICOM writes where a value has no unit. */
const UNSPECIFIED = 'US'

/**
 * The place under the pointer and what its pixel holds at full depth, in the source's unit where it states one. Written
 * without the page being rendered: the pointer moves all the time.
 */
export function PixelReadout({ over, view, size, source }: Props) {
  const output = useRef<HTMLOutputElement>(null)
  const pointer = useRef<Place | null>(null)
  const write = useStable(() => {
    const element = output.current
    if (!element) return
    const place = pointer.current && toImage(view, pointer.current)
    const [x, y] = [Math.floor(place?.x ?? -1), Math.floor(place?.y ?? -1)]
    element.hidden = x < 0 || y < 0 || x >= size.width || y >= size.height
    if (element.hidden) return
    const [where, value] = [element.firstElementChild, element.lastElementChild]
    if (where) where.textContent = `${x}, ${y}`
    if (value) value.textContent = source ? valueText(source, x, y) : ''
  })
  useLayoutEffect(() => write())
  useEffect(() => {
    const element = over.current
    let waiting = 0
    // With the next frame: written at once, it would make everyone after it wait for the page to be laid out.
    const writeSoon = () => {
      waiting ||= requestAnimationFrame(() => {
        waiting = 0
        write()
      })
    }
    const move = ({ clientX, clientY }: PointerEvent) => {
      const box = element?.getBoundingClientRect()
      pointer.current = box ? { x: clientX - box.left, y: clientY - box.top } : null
      writeSoon()
    }
    const leave = () => {
      pointer.current = null
      writeSoon()
    }
    element?.addEventListener('pointermove', move, { capture: true })
    element?.addEventListener('pointerleave', leave)
    return () => {
      cancelAnimationFrame(waiting)
      element?.removeEventListener('pointermove', move, { capture: true })
      element?.removeEventListener('pointerleave', leave)
    }
  }, [over, write])
  return (
    <output ref={output} className={classes.readout} hidden>
      <span />
      <strong />
    </output>
  )
}

function valueText(source: PixelSource, x: number, y: number): string {
  const samples = source.samplesAt(x, y)
  if (!samples) return ''
  const about = source.isExact ? '' : '≈ '
  const [first = 0, green, blue] = samples
  if (!isGrey(source)) return `${about}${first === green && green === blue ? first : samples.join(' ')}`
  const calibration = calibrationOf(source.facts, 0)
  const meant = modalityOf(calibration)(first)
  const value = Number.isInteger(meant) ? `${meant}` : `${Number(meant.toPrecision(5))}`
  const unit = calibration.rescale?.unit
  return unit && unit !== UNSPECIFIED ? `${value} ${unit}` : value
}
