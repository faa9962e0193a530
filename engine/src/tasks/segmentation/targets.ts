import { drawDirections } from './directions.ts'
import { boxesOf } from './instance-boxes.ts'
import { INSTANCE_MAPS } from './network-spec.ts'
import type { PaintedLabel } from './read-masks.ts'
import type { Size } from './seen-picture.ts'

/** Pixels from two instances within which a pixel is where they touch. */
const CONTACT_REACH = 2

/** [across, down] to every pixel within the reach. */
const NEAR = squareOf(CONTACT_REACH).filter(([x, y]) => x * x + y * y <= CONTACT_REACH ** 2)

/**
 * What the network should say: [map, height, width] uint8, 255 is 1. One map for each class, and for instances two more:
 * across and down, the way from each pixel to the middle of its instance (0 is −1).
 */
export function encodeTargets({ width, height, regions, instances }: PaintedLabel): Uint8Array {
  const area = width * height
  const targets = new Uint8Array(area * (regions.length + (instances ? INSTANCE_MAPS : 0)))
  regions.forEach((region, place) => {
    for (let at = 0; at < area; at += 1) targets[place * area + at] = region[at] === 0 ? 0 : 255
  })
  if (instances) {
    const { across, down } = drawDirections(instances, width, boxesOf(instances, width))
    targets.set(across, regions.length * area)
    targets.set(down, (regions.length + 1) * area)
  }
  return targets
}

function squareOf(reach: number): [number, number][] {
  const steps = Array.from({ length: 2 * reach + 1 }, (_, step) => step - reach)
  return steps.flatMap((y) => steps.map((x): [number, number] => [x, y]))
}

/** [height, width]: 1 within two pixels of two instances: where they touch. */
export function findContacts(instances: Int32Array, { width, height }: Size): Uint8Array {
  const contacts = new Uint8Array(width * height)
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
          contacts[row * width + column] = 1
          break
        }
        first = value
      }
    }
  }
  return contacts
}
