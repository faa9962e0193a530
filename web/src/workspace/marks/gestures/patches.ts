import { superpixelAt } from '../pixels/superpixel-region.ts'
import { contains, type Region, union } from '../region.ts'
import type { Point } from '../region-shapes.ts'
import { lay, type Tool } from './tool.ts'

/** Superpixels that a drag has passed over. */
export interface PatchGesture {
  kind: 'patches'
  isOther: boolean
  isMore: boolean
  start: Point
  region: Region
}

/** A click takes the patch of alike pixels under it, a drag every patch it passes. */
export const patchTool: Tool = {
  press(_, { at, isOther, isMore }, { superpixels }) {
    if (!superpixels) return { gesture: null }
    return { gesture: { kind: 'patches', isOther, isMore, start: at, region: superpixelAt(superpixels, at) } }
  },
  move(gesture, touches, { superpixels }, isPressed) {
    if (gesture.kind !== 'patches' || !isPressed || !superpixels) return gesture
    const region = touches.reduce(
      (all, { at }) => (contains(all, at.x, at.y) ? all : union(all, superpixelAt(superpixels, at))),
      gesture.region,
    )
    return region === gesture.region ? gesture : { ...gesture, region }
  },
  release(gesture, _, ground) {
    if (gesture.kind !== 'patches') return { gesture: null }
    return lay(gesture.region, gesture.start, ground, gesture)
  },
  hint: (at, { superpixels }) => superpixels && superpixelAt(superpixels, at),
}
