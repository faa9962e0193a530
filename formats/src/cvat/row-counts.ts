import { RleError } from '@vesalius/contracts'
import type { MaskWindow } from '../mask/runs.ts'

const MOST_PIXELS = 2 ** 28

/** CVAT's run lengths of a window: along the rows, background first. */
export function writeRowCounts({ data }: MaskWindow): number[] {
  const counts: number[] = []
  let value = 0
  let start = 0
  data.forEach((pixel, at) => {
    if (pixel === value) return
    counts.push(at - start)
    start = at
    value = pixel
  })
  counts.push(data.length - start)
  return counts
}

/** Throws RleError unless the runs fill the window. */
export function readRowCounts(counts: readonly number[], box: Omit<MaskWindow, 'data'>): MaskWindow {
  const pixels = (box.right - box.left) * (box.bottom - box.top)
  if (!(pixels > 0 && pixels <= MOST_PIXELS)) throw new RleError('the mask has no size, or is too large')
  const data = new Uint8Array(pixels)
  let place = 0
  counts.forEach((count, index) => {
    if (!(Number.isInteger(count) && count >= 0)) throw new RleError('the mask holds something that is no run')
    if (index % 2 === 1) data.fill(1, place, place + count)
    place += count
  })
  if (place !== pixels) throw new RleError(`the runs of the mask fill ${place} of ${pixels} pixels`)
  return { ...box, data }
}
