import { DETECTOR_MULTIPLE } from '../../nn/detector.ts'
import type { Size } from './find-boxes.ts'

const LARGEST = 256
const SMALLEST = 64

/** Side of the training views: what most pictures need, between 64 and 256, a multiple of 32; or what is wished for. */
export function chooseViewSize(pictures: readonly Size[], wished: number | null): number {
  const longSides = pictures.map(({ width, height }) => Math.max(width, height)).sort((a, b) => a - b)
  const median = longSides[Math.floor(longSides.length / 2)] ?? SMALLEST
  const side = wished ?? Math.min(LARGEST, Math.max(SMALLEST, median))
  return Math.ceil(side / DETECTOR_MULTIPLE) * DETECTOR_MULTIPLE
}
