import { contains, EMPTY_REGION, type Region, subtract } from './region.ts'
import { partsOf } from './region-parts.ts'
import type { Point, Size } from './region-shapes.ts'

/** The pixels around a place that masks shut off from the border of the image; none where the place is not shut off. */
export function fillEnclosed(masks: readonly Region[], place: Point, { width, height }: Size): Region {
  const whole: Region = { top: 0, rows: Array.from({ length: height }, () => Int32Array.of(0, width)) }
  const free = masks.reduce(subtract, whole)
  const part = partsOf(free).find((candidate) => contains(candidate, place.x, place.y))
  return part && !touchesBorder(part, { width, height }) ? part : EMPTY_REGION
}

function touchesBorder({ top, rows }: Region, { width, height }: Size): boolean {
  return top === 0 || top + rows.length === height || rows.some((runs) => runs[0] === 0 || runs.at(-1) === width)
}
