import { decodePicture } from '../data/decode-image.ts'

const SIDE = 32
const GRID = 4
const BINS = 8

/**
 * What a picture looks like, without any model, so that descriptions stay comparable while models change: mean colour and
 * spread of each of 4 × 4 fields, and how strongly edges run in each of 8 directions in each of 2 × 2 quarters (a coarse
 * histogram of oriented gradients, Dalal and Triggs, 2005). {@link DESCRIPTION_LENGTH} numbers, about 0..1 each.
 * Throws UnreadableImageError.
 */
export async function describePicture(file: string): Promise<Float32Array> {
  return describePixels(await decodePicture(file, { width: SIDE, height: SIDE, channels: 3 }))
}

export const DESCRIPTION_LENGTH = GRID * GRID * 4 + 4 * BINS

/** Of `pixels`: [32, 32, 3] uint8. */
export function describePixels(pixels: Uint8Array): Float32Array {
  const description = new Float32Array(DESCRIPTION_LENGTH)
  describeFields(pixels, description)
  describeEdges(pixels, description.subarray(GRID * GRID * 4))
  return description
}

function describeFields(pixels: Uint8Array, target: Float32Array): void {
  const field = SIDE / GRID
  for (let place = 0; place < GRID * GRID; place += 1) {
    const sums = [0, 0, 0, 0]
    for (let y = 0; y < field; y += 1) {
      for (let x = 0; x < field; x += 1) {
        const at = ((Math.floor(place / GRID) * field + y) * SIDE + (place % GRID) * field + x) * 3
        const grey = greyAt(pixels, at)
        for (let channel = 0; channel < 3; channel += 1) {
          sums[channel] = (sums[channel] ?? 0) + (pixels[at + channel] ?? 0) / 255
        }
        sums[3] = (sums[3] ?? 0) + grey * grey
      }
    }
    const means = sums.map((sum) => sum / field ** 2)
    const mean = ((means[0] ?? 0) + (means[1] ?? 0) + (means[2] ?? 0)) / 3
    target.set([means[0] ?? 0, means[1] ?? 0, means[2] ?? 0], place * 4)
    target[place * 4 + 3] = 2 * Math.sqrt(Math.max(0, (means[3] ?? 0) - mean * mean))
  }
}

function describeEdges(pixels: Uint8Array, target: Float32Array): void {
  const half = SIDE / 2
  for (let y = 1; y < SIDE - 1; y += 1) {
    for (let x = 1; x < SIDE - 1; x += 1) {
      const at = (y * SIDE + x) * 3
      const across = greyAt(pixels, at + 3) - greyAt(pixels, at - 3)
      const down = greyAt(pixels, at + SIDE * 3) - greyAt(pixels, at - SIDE * 3)
      const direction = (Math.atan2(down, across) / Math.PI + 1) % 1
      const bin = Math.min(BINS - 1, Math.floor(direction * BINS))
      const quarter = (y < half ? 0 : 2) + (x < half ? 0 : 1)
      const place = quarter * BINS + bin
      target[place] = (target[place] ?? 0) + Math.hypot(across, down) / (half * half * 0.1)
    }
  }
}

function greyAt(pixels: Uint8Array, at: number): number {
  return ((pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)) / 765
}
