import { calibrationOf, modalityOf } from '@vesalius/imaging'
import type { RefObject } from 'react'
import classes from './ImageStage.module.css'
import type { PixelSource } from './layers.ts'
import { isGrey } from './tone/tone.ts'
import { usePointerPlace } from './use-pointer-place.ts'
import { type Size, toImage, type View } from './view.ts'

interface Props {
  /** What the pointer moves over. */
  over: RefObject<HTMLElement | null>
  view: View
  size: Size
  source: PixelSource | null
}

/** What DICOM writes where a value has no unit. */
const UNSPECIFIED = 'US'

/** The place under the pointer and what its pixel holds at full depth, in the source's unit where it states one. */
export function PixelReadout({ over, view, size, source }: Props) {
  const pointer = usePointerPlace(over)
  if (!pointer) return null
  const place = toImage(view, pointer)
  const [x, y] = [Math.floor(place.x), Math.floor(place.y)]
  if (x < 0 || y < 0 || x >= size.width || y >= size.height) return null
  return (
    <output className={classes.readout}>
      {x}, {y}
      {source && <strong>{valueText(source, x, y)}</strong>}
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
