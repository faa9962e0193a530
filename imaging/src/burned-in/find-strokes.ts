/** A connected group of pixels that stand out from what is around them, as a letter does. */
export interface Stroke {
  left: number
  top: number
  /** The first column and row behind it. */
  right: number
  bottom: number
  /** In pixels. */
  area: number
  /** Pixels of it that touch one outside of it. */
  rim: number
  /** Mean and standard deviation of the grey of its pixels. */
  mean: number
  deviation: number
}

export interface StrokeBounds {
  maxHeight: number
  maxWidth: number
  /** More groups than this are not looked at: such a picture is texture, not text. */
  maxCount: number
}

/**
 * The 8-connected groups of pixels where `isInk` is not 0. Marks are used up: `isInk` is 0 everywhere afterwards. Groups
 * larger than the bounds are left out. Null where there are more of them than `maxCount`.
 */
export function findStrokes(
  isInk: Uint8Array,
  { width, height, data }: { width: number; height: number; data: ArrayLike<number> },
  { maxHeight, maxWidth, maxCount }: StrokeBounds,
): Stroke[] | null {
  const found: Stroke[] = []
  const SEEN = 2
  const isGround = (x: number, y: number) => x < 0 || y < 0 || x >= width || y >= height || isInk[y * width + x] === 0
  const group: number[] = []
  for (let start = 0; start < isInk.length; start += 1) {
    if (isInk[start] !== 1) continue
    group.length = 0
    group.push(start)
    isInk[start] = SEEN
    let [left, right, top, bottom] = [width, 0, height, 0]
    let [rim, sum, squares] = [0, 0, 0]
    for (let at = 0; at < group.length; at += 1) {
      const place = group[at] as number
      const x = place % width
      const y = (place - x) / width
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
      const value = data[place] as number
      sum += value
      squares += value * value
      if (isGround(x - 1, y) || isGround(x + 1, y) || isGround(x, y - 1) || isGround(x, y + 1)) rim += 1
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) {
          const next = ny * width + nx
          if (isInk[next] !== 1) continue
          isInk[next] = SEEN
          group.push(next)
        }
      }
    }
    if (bottom - top > maxHeight || right - left > maxWidth) continue
    const area = group.length
    const mean = sum / area
    found.push({
      left,
      top,
      right,
      bottom,
      area,
      rim,
      mean,
      deviation: Math.sqrt(Math.max(0, squares / area - mean * mean)),
    })
    if (found.length > maxCount) return null
  }
  return found
}
