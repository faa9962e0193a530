import { squaredDistances } from '../../metrics/segmentation-distance.ts'
import type { PaintedLabel } from './read-masks.ts'

/** Pixels from its edge at which an instance is as deep as it gets; smaller ones are so in their middle. */
const FULL_DEPTH = 4

/**
 * What the network should say: [map, height, width] uint8, 255 is 1. One map for each class, and for instances one of how
 * deep inside its instance a pixel is: 0 outside, rising to 1 over a few pixels. Where two instances touch it falls to
 * nearly 0 and rises again, which is to be seen from close by; a depth as a share of the whole instance's was learnt
 * more slowly. Source: Naylor et al., Segmentation of Nuclei by Regression of the Distance Map, 2019, §III, cut off.
 */
export function encodeTargets({ width, height, regions, instances }: PaintedLabel): Uint8Array {
  const area = width * height
  const targets = new Uint8Array(area * (regions.length + (instances ? 1 : 0)))
  regions.forEach((region, place) => {
    for (let at = 0; at < area; at += 1) targets[place * area + at] = region[at] === 0 ? 0 : 255
  })
  if (instances) writeDepths(targets.subarray(regions.length * area), instances, width)
  return targets
}

function writeDepths(depths: Uint8Array, instances: Int32Array, width: number): void {
  for (const [instance, { left, top, right, bottom }] of boxesOf(instances, width)) {
    // One pixel of margin, so that the picture's border is an edge too.
    const columns = right - left + 2
    const rows = bottom - top + 2
    const inside = new Uint8Array(columns * rows)
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        if (instances[row * width + column] !== instance) continue
        inside[(row - top + 1) * columns + column - left + 1] = 1
      }
    }
    const distances = squaredDistances(inside, columns, rows)
    const full = Math.min(FULL_DEPTH, Math.sqrt(distances.reduce((most, value) => Math.max(most, value), 0)))
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        if (instances[row * width + column] !== instance) continue
        const distance = Math.sqrt(distances[(row - top + 1) * columns + column - left + 1] ?? 0)
        depths[row * width + column] = Math.round((255 * Math.min(distance, full)) / full)
      }
    }
  }
}

/** The smallest box around each instance; ends are exclusive. */
export function boxesOf(instances: Int32Array, width: number) {
  const boxes = new Map<number, { left: number; top: number; right: number; bottom: number; area: number }>()
  instances.forEach((instance, at) => {
    if (instance === 0) return
    const column = at % width
    const row = (at - column) / width
    const box = boxes.get(instance)
    if (!box) {
      boxes.set(instance, { left: column, top: row, right: column + 1, bottom: row + 1, area: 1 })
      return
    }
    box.left = Math.min(box.left, column)
    box.right = Math.max(box.right, column + 1)
    box.bottom = row + 1
    box.area += 1
  })
  return boxes
}
