import { squaredDistances } from '../../metrics/segmentation-distance.ts'
import { INSTANCE_MAPS } from './network-spec.ts'
import type { PaintedLabel } from './read-masks.ts'
import type { Size } from './seen-picture.ts'

/** Pixels from its edge at which an instance is as deep as it gets; smaller ones are so in their middle. */
const FULL_DEPTH = 4
/** Pixels from two instances within which a pixel is where they touch. */
const CONTACT_REACH = 2

/** [across, down] to every pixel within the reach. */
const NEAR = squareOf(CONTACT_REACH).filter(([x, y]) => x * x + y * y <= CONTACT_REACH ** 2)

/**
 * What the network should say: [map, height, width] uint8, 255 is 1. One map for each class, and for instances two more.
 * The first is how deep inside its instance a pixel is: 0 outside, rising to 1 over a few pixels. A depth as a share of the
 * whole instance's was learnt more slowly. The second is 1 where two instances touch, which the first says too softly.
 * Sources: Naylor et al., Segmentation of Nuclei by Regression of the Distance Map, 2019, §III, cut off; Caicedo et al.,
 * Evaluation of Deep Learning Strategies for Nucleus Segmentation, 2019, on a class for boundaries.
 */
export function encodeTargets({ width, height, regions, instances }: PaintedLabel): Uint8Array {
  const area = width * height
  const targets = new Uint8Array(area * (regions.length + (instances ? INSTANCE_MAPS : 0)))
  regions.forEach((region, place) => {
    for (let at = 0; at < area; at += 1) targets[place * area + at] = region[at] === 0 ? 0 : 255
  })
  if (instances) {
    const depth = regions.length * area
    writeDepths(targets.subarray(depth, depth + area), instances, width)
    writeContacts(targets.subarray(depth + area), instances, { width, height })
  }
  return targets
}

function squareOf(reach: number): [number, number][] {
  const steps = Array.from({ length: 2 * reach + 1 }, (_, step) => step - reach)
  return steps.flatMap((y) => steps.map((x): [number, number] => [x, y]))
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

function writeContacts(contacts: Uint8Array, instances: Int32Array, { width, height }: Size): void {
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let first = 0
      for (const [across, down] of NEAR) {
        const x = column + across
        const y = row + down
        if (x < 0 || y < 0 || x >= width || y >= height) continue
        const value = instances[y * width + x] as number
        if (value === 0 || value === first) continue
        if (first !== 0) {
          contacts[row * width + column] = 255
          break
        }
        first = value
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
