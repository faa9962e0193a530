import { DETECTOR_STRIDE } from '../../nn/detector.ts'
import type { ScoredMark } from './mark.ts'

/** What the network says about one picture. */
export interface DetectorAnswer {
  /** [class, rows, columns], 0..1. */
  heat: Float32Array
  /** [4, rows, columns], pixels from the middle of the place to the left, right, top and bottom edge. */
  edges: Float32Array
  rows: number
  columns: number
}

/** Boxes at the peaks of the heat, in pixels of the picture the network saw: places hotter than their 8 neighbours. */
export function decodeBoxes({ heat, edges, rows, columns }: DetectorAnswer, leastScore: number): ScoredMark[] {
  const area = rows * columns
  const marks: ScoredMark[] = []
  for (let at = 0; at < heat.length; at += 1) {
    const score = heat[at] ?? 0
    if (!(score >= leastScore) || !isPeak(heat, at, rows, columns)) continue
    const place = at % area
    const edge = (side: number) => edges[side * area + place] ?? 0
    const x = ((place % columns) + 0.5) * DETECTOR_STRIDE
    const y = (Math.floor(place / columns) + 0.5) * DETECTOR_STRIDE
    const box = [x - edge(0), y - edge(2), edge(0) + edge(1), edge(2) + edge(3)] as const
    marks.push({ box: [...box], class: Math.floor(at / area), score })
  }
  return marks
}

/** Of equal neighbours the first one is the peak. */
function isPeak(heat: Float32Array, at: number, rows: number, columns: number): boolean {
  const score = heat[at] ?? 0
  const column = at % columns
  const row = Math.floor(at / columns) % rows
  for (let dy = row > 0 ? -1 : 0; dy <= (row < rows - 1 ? 1 : 0); dy += 1) {
    for (let dx = column > 0 ? -1 : 0; dx <= (column < columns - 1 ? 1 : 0); dx += 1) {
      const other = at + dy * columns + dx
      const value = heat[other] ?? 0
      if (value > score || (value === score && other < at)) return false
    }
  }
  return true
}
