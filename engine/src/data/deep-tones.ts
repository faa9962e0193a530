/**
 * A grey picture of more than 8 bits, as three pictures of bytes, so that what 8 bits of the whole range would round
 * away is still seen: the range most values keep to; the share of values below (a step where many values lie takes many
 * levels, however narrow it is); and the difference from the surroundings by the usual size of such differences (a
 * faint mark on a steep slope). Each picture gets its own range, so what instruments disagree on goes.
 */

const [LOW, HIGH] = [0.005, 0.995]
const BINS = 4096
/** Side of the surroundings, as a part of the picture's longer side. */
const SURROUNDINGS = 1 / 12

/** `values`: `[row, column]`, finite. Answers `[row, column, 3]` uint8. */
export function deepTones(values: Float32Array, { width, height }: { width: number; height: number }): Uint8Array {
  const sorted = values.slice().sort()
  const range = stretch(values, sorted)
  const shares = equalise(values, sorted)
  const details = contrast(values, width, height)
  const tones = new Uint8Array(values.length * 3)
  for (let at = 0; at < values.length; at += 1) {
    tones[at * 3] = range[at] ?? 0
    tones[at * 3 + 1] = shares[at] ?? 0
    tones[at * 3 + 2] = details[at] ?? 0
  }
  return tones
}

/** From the 0.5 % to the 99.5 % quantile. `sorted`: the same values ascending. */
export function stretch(values: Float32Array, sorted: Float32Array): Uint8Array {
  const low = sorted[Math.floor(sorted.length * LOW)] ?? 0
  const high = sorted[Math.ceil(sorted.length * HIGH) - 1] ?? low
  const scale = high > low ? 255 / (high - low) : 0
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round((value - low) * scale))) || 0)
}

/** Share of values below each, by places of the sorted values, so that no range is too narrow for its own levels. */
function equalise(values: Float32Array, sorted: Float32Array): Uint8Array {
  const edges = Float32Array.from({ length: BINS }, (_, bin) => sorted[Math.floor((bin * sorted.length) / BINS)] ?? 0)
  const most = Math.max(1, lastBelow(edges, edges[BINS - 1] ?? 0))
  return Uint8Array.from(values, (value) => Math.min(255, Math.round((255 * lastBelow(edges, value)) / most)))
}

/** How many edges lie below a value. */
function lastBelow(edges: Float32Array, value: number): number {
  let [from, to] = [0, edges.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((edges[middle] ?? 0) < value) from = middle + 1
    else to = middle
  }
  return from
}

/** Difference from the mean of the surroundings, squashed at the median size of such differences; 128: none. */
function contrast(values: Float32Array, width: number, height: number): Uint8Array {
  const radius = Math.max(1, Math.round((Math.max(width, height) * SURROUNDINGS) / 2))
  const means = boxMeans(values, width, height, radius)
  const differences = values.map((value, at) => value - (means[at] ?? 0))
  const sizes = differences.map(Math.abs).sort()
  const usual = sizes[sizes.length >> 1] || sizes.find((size) => size > 0) || 0
  if (usual === 0) return new Uint8Array(values.length).fill(128)
  return Uint8Array.from(differences, (difference) =>
    Math.round(127.5 + (127.5 * difference) / (Math.abs(difference) + 2 * usual)),
  )
}

/** Means over squares of side 2 × radius + 1, cut at the border, by sums over all above and left. */
function boxMeans(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y += 1) {
    let line = 0
    for (let x = 0; x < width; x += 1) {
      line += values[y * width + x] ?? 0
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + line
    }
  }
  const means = new Float32Array(values.length)
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)]
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)]
      const sum =
        (sums[bottom * stride + right] ?? 0) -
        (sums[top * stride + right] ?? 0) -
        (sums[bottom * stride + left] ?? 0) +
        (sums[top * stride + left] ?? 0)
      means[y * width + x] = sum / ((bottom - top) * (right - left))
    }
  }
  return means
}
