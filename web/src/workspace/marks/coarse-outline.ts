/**
 * Of a closed outline (x, y in turns) the corners that are seen: each corner left out lies at most `tolerance` from the line
 * that is drawn instead. A speck becomes its bounds, so that nothing vanishes. Ramer 1972, Douglas and Peucker 1973.
 */
export function coarsenOutline(outline: readonly number[], tolerance: number): readonly number[] {
  const count = outline.length / 2
  if (count <= 4 || tolerance <= 0) return outline
  const isKept = new Uint8Array(count)
  const opposite = furthestFromFirst(outline)
  isKept[0] = 1
  isKept[opposite] = 1
  const open = [0, opposite, opposite, count]
  while (open.length > 0) {
    const to = open.pop() as number
    const from = open.pop() as number
    const found = furthestFromLine(outline, from, to, tolerance)
    if (found < 0) continue
    isKept[found] = 1
    open.push(from, found, found, to)
  }
  const coarse: number[] = []
  for (let at = 0; at < count; at += 1) {
    if (isKept[at] === 1) coarse.push(outline[2 * at] as number, outline[2 * at + 1] as number)
  }
  return coarse.length < 6 ? boundsAsOutline(outline) : coarse
}

function furthestFromFirst(outline: readonly number[]): number {
  let furthest = 0
  let most = 0
  for (let at = 1; at < outline.length / 2; at += 1) {
    const [x, y] = [
      (outline[2 * at] as number) - (outline[0] as number),
      (outline[2 * at + 1] as number) - (outline[1] as number),
    ]
    const square = x * x + y * y
    if (square <= most) continue
    most = square
    furthest = at
  }
  return furthest
}

/** The corner between two that lies furthest from the line that joins them; -1 where all are near enough. */
function furthestFromLine(outline: readonly number[], from: number, to: number, tolerance: number): number {
  const [x, y] = [outline[2 * from] as number, outline[2 * from + 1] as number]
  const end = (2 * to) % outline.length
  const [across, down] = [(outline[end] as number) - x, (outline[end + 1] as number) - y]
  const length = across * across + down * down
  let furthest = -1
  let most = tolerance * tolerance
  for (let at = from + 1; at < to; at += 1) {
    const [left, top] = [(outline[2 * at] as number) - x, (outline[2 * at + 1] as number) - y]
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, (left * across + top * down) / length))
    const [aside, below] = [left - share * across, top - share * down]
    const square = aside * aside + below * below
    if (square <= most) continue
    most = square
    furthest = at
  }
  return furthest
}

function boundsAsOutline(outline: readonly number[]): number[] {
  const xs = outline.filter((_, at) => at % 2 === 0)
  const ys = outline.filter((_, at) => at % 2 === 1)
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))]
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))]
  return [left, top, right, top, right, bottom, left, bottom]
}
