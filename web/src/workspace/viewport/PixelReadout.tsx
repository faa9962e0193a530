import { calibrationOf, modalityOf } from '@vesalius/imaging'
import type { RefObject } from 'react'
import type { LoadedFrame } from './frames/loaded-frame.ts'
import classes from './ImageStage.module.css'
import { isGrey } from './tone/tone.ts'
import { usePointerPlace } from './use-pointer-place.ts'
import { type Size, toImage, type View } from './view.ts'

interface Props {
  /** What the pointer moves over. */
  over: RefObject<HTMLElement | null>
  view: View
  size: Size
  frame: LoadedFrame | null
}

/** What DICOM writes where a value has no unit. */
const UNSPECIFIED = 'US'

/** The place under the pointer and what its pixel holds at full depth, in the source's unit where it states one. */
export function PixelReadout({ over, view, size, frame }: Props) {
  const pointer = usePointerPlace(over)
  if (!pointer) return null
  const place = toImage(view, pointer)
  const [x, y] = [Math.floor(place.x), Math.floor(place.y)]
  if (x < 0 || y < 0 || x >= size.width || y >= size.height) return null
  return (
    <output className={classes.readout}>
      {x}, {y}
      {frame && <strong>{valueText(frame, x, y)}</strong>}
    </output>
  )
}

function valueText(frame: LoadedFrame, x: number, y: number): string {
  const samples = frame.samplesAt(x, y)
  const [first = 0, green, blue] = samples
  if (!isGrey(frame)) return first === green && green === blue ? `${first}` : samples.join(' ')
  const calibration = calibrationOf(frame.facts, 0)
  const meant = modalityOf(calibration)(first)
  const value = Number.isInteger(meant) ? `${meant}` : `${Number(meant.toPrecision(5))}`
  const unit = calibration.rescale?.unit
  return unit && unit !== UNSPECIFIED ? `${value} ${unit}` : value
}
