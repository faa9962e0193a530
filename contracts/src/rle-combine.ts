import { decodeCounts, encodeRleEdges } from './rle.ts'

/** `[height, width]` in pixels. */
type Size = readonly [number, number]

/**
 * A mask made of several of the same size, pixel by pixel, without painting any: `keep` is asked which pixels belong to
 * it, by the masks that hold them. Throws RleError when a text does not fill that size.
 */
export function combineRle(texts: readonly string[], size: Size, keep: (holds: readonly boolean[]) => boolean): string {
  const edges: number[] = []
  let isInside = false
  sweep(texts, size, (start, _, holds) => {
    if (keep(holds) === isInside) return
    edges.push(start)
    isInside = !isInside
  })
  if (isInside) edges.push(size[0] * size[1])
  return encodeRleEdges(edges, size)
}

/** Pixels that are in both masks and in either, of masks of the same size. Throws RleError. */
export function overlapRle(a: string, b: string, size: Size): { intersection: number; union: number } {
  const area = { intersection: 0, union: 0 }
  sweep([a, b], size, (start, end, [inA, inB]) => {
    if (inA && inB) area.intersection += end - start
    if (inA || inB) area.union += end - start
  })
  return area
}

/** Walks through all masks at once, from one change to the next. `holds` is the same array each time. */
function sweep(
  texts: readonly string[],
  [height, width]: Size,
  visit: (start: number, end: number, holds: readonly boolean[]) => void,
): void {
  const pixels = height * width
  const masks = texts.map((text) => decodeCounts(text, pixels))
  const holds = masks.map(() => false)
  const next = masks.map((counts) => ({ at: 0, place: counts[0] ?? pixels }))
  let start = 0
  while (start < pixels) {
    next.forEach((run, index) => {
      const counts = masks[index] ?? []
      while (run.place <= start && run.at < counts.length) {
        run.at += 1
        run.place += counts[run.at] ?? pixels
        holds[index] = run.at % 2 === 1 && run.at < counts.length
      }
    })
    const end = Math.min(pixels, ...next.map(({ place }) => place))
    visit(start, end, holds)
    start = end
  }
}
