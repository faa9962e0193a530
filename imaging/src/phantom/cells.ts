import { CELL_KINDS, type CellKind, type CellShape, distanceToOutline, randomCellShape } from './cell-shape.ts'
import { latticeNoise, seededRandom } from './random.ts'

/**
 * A made-up picture of one blood cell under a microscope, for demonstrations and tests. It belongs to nobody,
 * its class is known, and telling the kinds apart takes shape rather than colour: stain, light, focus and
 * neighbours at the border vary from picture to picture and mean nothing.
 */

export { CELL_KINDS, type CellKind }

export interface CellPhantom {
  width: number
  height: number
  /** `[height, width, 4]`, red green blue alpha, 0..255, opaque. */
  rgba: Uint8ClampedArray<ArrayBuffer>
}

type Colour = readonly [number, number, number]

/** Draws a phantom `size` × `size` pixels. The same seed, kind and size give the same pixels. Throws RangeError. */
export function drawCellPhantom(request: { seed: number; kind: CellKind; size: number }): CellPhantom {
  const { seed, kind, size } = request
  if (!Number.isInteger(size) || size < 16 || size > 4096) throw new RangeError(`size must be 16..4096, got ${size}`)
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ (CELL_KINDS.indexOf(kind) * 0x85ebca6b) ^ size)
  const between = (low: number, high: number) => low + (high - low) * random()
  const cells = [...neighbours(random, size), centralCell(random, kind, size)]
  const light = { x: between(-0.1, 0.1), y: between(-0.1, 0.1), level: between(0.9, 1.04) }
  const plasma: Colour = [between(232, 246), between(218, 236), between(208, 228)]
  const stain: Colour = [between(196, 222), between(112, 146), between(112, 150)]
  const depth = between(0.62, 0.95)
  const focus = between(0.012, 0.035) * size
  const cloud = latticeNoise(random, size, size / 3)
  const grain = latticeNoise(random, size, Math.max(2, size / 24))
  const rgba = new Uint8ClampedArray(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const stained = stainAt(cells, x + 0.5, y + 0.5, focus) * depth * (1 + 0.12 * grain(x, y))
      const shade = light.level * (1 + light.x * (x / size - 0.5) + light.y * (y / size - 0.5)) + 0.025 * cloud(x, y)
      const noise = (random() + random() + random() - 1.5) * 16
      for (let channel = 0; channel < 3; channel++) {
        const clear = plasma[channel] ?? 0
        const dyed = stain[channel] ?? 0
        rgba[(y * size + x) * 4 + channel] = (clear + (dyed - clear) * stained) * shade + noise
      }
      rgba[(y * size + x) * 4 + 3] = 255
    }
  }
  return { width: size, height: size, rgba }
}

function centralCell(random: () => number, kind: CellKind, size: number): CellShape {
  const jitter = () => size * (0.5 + (random() - 0.5) * 0.14)
  return randomCellShape(random, kind, jitter(), jitter(), size * (0.27 + 0.09 * random()))
}

/** Up to three cells of any kind, cut by the border: what a crop of a crowded smear looks like. */
function neighbours(random: () => number, size: number): CellShape[] {
  const count = Math.floor(random() * 4)
  return Array.from({ length: count }, () => {
    const angle = random() * 2 * Math.PI
    const away = size * (0.68 + 0.1 * random())
    const kind = CELL_KINDS[Math.floor(random() * CELL_KINDS.length)] ?? 'round'
    const [x, y] = [size / 2 + away * Math.cos(angle), size / 2 + away * Math.sin(angle)]
    return randomCellShape(random, kind, x, y, size * (0.22 + 0.08 * random()))
  })
}

/** How much dye lies at a point, 0..1: full at the rim, paler towards the middle, as in a disc thin at its centre. */
function stainAt(cells: readonly CellShape[], x: number, y: number, focus: number): number {
  let most = 0
  for (const cell of cells) {
    const distance = distanceToOutline(cell, x, y)
    if (distance > focus) continue
    const covered = Math.min(1, (focus - distance) / (2 * focus))
    const inward = Math.min(1, -Math.min(0, distance) / (cell.radius * 0.7))
    most = Math.max(most, covered * covered * (3 - 2 * covered) * (1 - 0.5 * inward * inward))
  }
  return most
}
