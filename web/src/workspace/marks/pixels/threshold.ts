import { boundsOf, EMPTY_REGION, type Region, regionOf, runsAt } from '../region.ts'
import { brightnessAt, type Picture } from './picture.ts'

/** Brightness, 0..255, both ends included. */
export type Range = readonly [low: number, high: number]

/** Pixels of a field whose brightness lies within the range. */
export function thresholdRegion({ data, width }: Picture, field: Region, [low, high]: Range): Region {
  const rows = field.rows.map((runs, index) => {
    const start = (field.top + index) * width
    const kept: number[] = []
    let isInside = false
    const turn = (column: number, wanted: boolean) => {
      if (wanted === isInside) return
      kept.push(column)
      isInside = wanted
    }
    for (let at = 0; at < runs.length; at += 2) {
      const end = runs[at + 1] as number
      for (let column = runs[at] as number; column < end; column += 1) {
        const value = Math.round(brightnessAt(data, start + column))
        turn(column, value >= low && value <= high)
      }
      turn(end, false)
    }
    return Int32Array.from(kept)
  })
  return rows.length > 0 ? regionOf(field.top, rows) : EMPTY_REGION
}

/**
 * The range that tells a field's object from its ground: the brightness where two groups differ most (Otsu 1979), and of
 * the two groups the one that the middle of the field belongs to.
 */
export function suggestRange(picture: Picture, field: Region): Range {
  const counts = new Float64Array(256)
  let [total, sum] = [0, 0]
  field.rows.forEach((runs, index) => {
    for (let at = 0; at < runs.length; at += 2) {
      for (let column = runs[at] as number; column < (runs[at + 1] as number); column += 1) {
        const value = Math.round(brightnessAt(picture.data, (field.top + index) * picture.width + column))
        counts[value] = (counts[value] as number) + 1
        total += 1
        sum += value
      }
    }
  })
  let [below, belowSum, best, split] = [0, 0, -1, 0]
  counts.forEach((count, level) => {
    below += count
    belowSum += count * level
    if (below === 0 || below === total) return
    const gap = belowSum / below - (sum - belowSum) / (total - below)
    const between = below * (total - below) * gap ** 2
    if (between <= best) return
    best = between
    split = level
  })
  return middleValue(picture, field) <= split ? [0, split] : [split + 1, 255]
}

function middleValue({ data, width }: Picture, field: Region): number {
  const bounds = boundsOf(field)
  if (!bounds) return 0
  const row = Math.floor((bounds.top + bounds.bottom - 1) / 2)
  const runs = runsAt(field, row)
  const column = Math.floor(((runs[0] ?? 0) + (runs.at(-1) ?? 1) - 1) / 2)
  return brightnessAt(data, row * width + column)
}
