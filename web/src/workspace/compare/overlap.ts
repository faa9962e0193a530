import type { BoundingBox } from '@vesalius/contracts'

/** Intersection over union of two boxes, 0..1. */
export function overlapOfBoxes([ax, ay, aw, ah]: BoundingBox, [bx, by, bw, bh]: BoundingBox): number {
  const across = Math.max(0, Math.min(ax + aw, bx + bw) - Math.max(ax, bx))
  const down = Math.max(0, Math.min(ay + ah, by + bh) - Math.max(ay, by))
  const shared = across * down
  return shared === 0 ? 0 : shared / (aw * ah + bw * bh - shared)
}
