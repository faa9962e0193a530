import { squaredDistances } from './segmentation-distance.ts'

/**
 * 95th percentile of the distances between two outlines, those from either to the other together, in pixels.
 * `prediction`, `truth`: [height, width] row-major, 0 is background. An outline is made of the mask's pixels of which one
 * of the four neighbours is outside it; beyond the picture is outside. Null when either mask is empty.
 * Source: Taha and Hanbury, Metrics for evaluating 3D medical image segmentation, 2015; the percentile as NumPy's.
 */
export function hausdorff95(
  prediction: ArrayLike<number>,
  truth: ArrayLike<number>,
  width: number,
  height: number,
): number | null {
  const first = outlineOf(prediction, width, height)
  const second = outlineOf(truth, width, height)
  if (first.count === 0 || second.count === 0) return null
  const distances = new Float64Array(first.count + second.count)
  let filled = 0
  for (const [outline, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const squared = squaredDistances(other.background, width, height)
    outline.background.forEach((isOutside, at) => {
      if (isOutside) return
      distances[filled] = Math.sqrt(squared[at] ?? 0)
      filled += 1
    })
  }
  distances.sort()
  const position = 0.95 * (distances.length - 1)
  const low = distances[Math.floor(position)] ?? 0
  const high = distances[Math.ceil(position)] ?? low
  return low + (high - low) * (position - Math.floor(position))
}

/** `background`: 0 on the outline, 1 elsewhere. */
function outlineOf(mask: ArrayLike<number>, width: number, height: number) {
  const background = new Uint8Array(width * height).fill(1)
  let count = 0
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = row * width + column
      if (mask[at] === 0) continue
      const isInner =
        row > 0 &&
        column > 0 &&
        row < height - 1 &&
        column < width - 1 &&
        mask[at - 1] !== 0 &&
        mask[at + 1] !== 0 &&
        mask[at - width] !== 0 &&
        mask[at + width] !== 0
      if (isInner) continue
      background[at] = 0
      count += 1
    }
  }
  return { background, count }
}
