import { encodeRle, type PixelBox } from '@vesalius/contracts'
import type { MaskPrediction } from '../../runner/messages.ts'
import { probabilityTable, regionLevel } from './calibrate.ts'
import { findInstancesInTiles } from './find-instances-in-tiles.ts'
import { boxesOf } from './instance-boxes.ts'
import type { SegmenterCard } from './model-card.ts'
import type { Size } from './seen-picture.ts'

type ScoredMask = MaskPrediction['masks'][number]
type Rules = Pick<SegmenterCard, 'calibrations' | 'instances'>

/**
 * Masks of an image from its maps: one for each class that is there, or one for each instance. `maps` are bytes of
 * `seen` size, the masks are of `original` size. A mask's score is the mean probability of its pixels.
 */
export function findMasks(maps: readonly Uint8Array[], seen: Size, original: Size, rules: Rules): ScoredMask[] {
  const levels = rules.calibrations.map(regionLevel)
  const tables = rules.calibrations.map(probabilityTable)
  if (!rules.instances) {
    return levels.flatMap((level, place) => {
      const map = maps[place] ?? new Uint8Array()
      const region = enlarge(
        map.map((value) => Number(value >= level)),
        seen,
        original,
      )
      const score = meanProbability(map, tables[place] ?? new Float32Array(256), (at) => (map[at] as number) >= level)
      return score === null ? [] : [{ class: place, rle: encodeRle(region, [original.height, original.width]), score }]
    })
  }
  const found = findInstancesInTiles(maps, levels, seen, rules.instances)
  const scores = scoreInstances(found.labels, found.count, maps, tables)
  const labels = enlarge(found.labels, seen, original)
  const boxes = boxesOf(labels, original.width)
  return [...boxes].map(([label, box]) => ({
    ...(scores[label - 1] ?? { class: 0, score: 0 }),
    rle: encodeLabel(labels, label, box, original),
  }))
}

function encodeLabel(labels: Int32Array, value: number, box: PixelBox, { width, height }: Size): string {
  return encodeRle(labels, [height, width], { value, box })
}

/** The most probable class of each instance and its mean probability, by number. */
function scoreInstances(
  labels: Int32Array,
  count: number,
  maps: readonly Uint8Array[],
  tables: readonly Float32Array[],
): { class: number; score: number }[] {
  const areas = new Float64Array(count)
  const sums = tables.map(() => new Float64Array(count))
  labels.forEach((label, at) => {
    if (label === 0) return
    areas[label - 1] = (areas[label - 1] as number) + 1
    tables.forEach((table, place) => {
      const sum = sums[place] as Float64Array
      sum[label - 1] = (sum[label - 1] as number) + (table[maps[place]?.[at] ?? 0] as number)
    })
  })
  return Array.from(areas, (area, index) => {
    const scores = sums.map((sum) => (sum[index] as number) / Math.max(1, area))
    const score = Math.max(...scores)
    return { class: scores.indexOf(score), score }
  })
}

function meanProbability(map: Uint8Array, table: Float32Array, isInside: (at: number) => boolean): number | null {
  let sum = 0
  let area = 0
  map.forEach((value, at) => {
    if (!isInside(at)) return
    sum += table[value] as number
    area += 1
  })
  return area > 0 ? sum / area : null
}

/** [height, width] at another size; every pixel takes what lies at its middle. */
function enlarge<Values extends Uint8Array | Int32Array>(values: Values, seen: Size, size: Size): Values {
  if (seen.width === size.width && seen.height === size.height) return values
  const enlarged = values.slice(0, 0).constructor as new (length: number) => Values
  const result = new enlarged(size.width * size.height)
  const columns = Int32Array.from({ length: size.width }, (_, x) => Math.floor(((x + 0.5) * seen.width) / size.width))
  for (let y = 0; y < size.height; y += 1) {
    const line = Math.floor(((y + 0.5) * seen.height) / size.height) * seen.width
    for (let x = 0; x < size.width; x += 1) result[y * size.width + x] = values[line + (columns[x] as number)] as number
  }
  return result
}
