import type { BoundingBox } from '@vesalius/contracts'

/** A box `[x, y, width, height]` in pixels and what it holds, as a class index. */
export interface Mark {
  box: BoundingBox
  class: number
}

export interface ScoredMark extends Mark {
  /** 0..1 */
  score: number
}

/** Part of a box that lies on a picture; null when nothing of it does. */
export function clipBox([x, y, width, height]: BoundingBox, pictureWidth: number, pictureHeight: number) {
  const left = Math.max(0, x)
  const top = Math.max(0, y)
  const right = Math.min(pictureWidth, x + width)
  const bottom = Math.min(pictureHeight, y + height)
  return right > left && bottom > top ? ([left, top, right - left, bottom - top] satisfies BoundingBox) : null
}

/** The box where lengths are `scale` times as long. */
export function scaleBox([x, y, width, height]: BoundingBox, scale: number): BoundingBox {
  return [x * scale, y * scale, width * scale, height * scale]
}
