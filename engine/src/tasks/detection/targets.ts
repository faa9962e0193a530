import type { BoundingBox } from '@vesalius/contracts'
import { DETECTOR_STRIDE } from '../../nn/detector.ts'

/** What a training view shows. */
export interface ViewMark {
  box: BoundingBox
  class: number
  /** Too little of it is left in the view to ask for it, or to call it wrong. */
  isIgnored: boolean
}

/** Maps of a batch, row-major: `heat` [batch, class, side, side], `edges` [batch, 4, ..], `weight` [batch, 1, ..]. */
export interface TargetMaps {
  heat: Float32Array
  edges: Float32Array
  weight: Float32Array
}

/** Pixels of one unit of the distances that the network learns. */
export const EDGE_UNIT = 16
/** The part of a box, from its centre, whose places answer for it. */
const CENTRAL_SHARE = 0.54
/** Almost a peak: an answer there costs nothing, and is not asked for. */
const IGNORED = 0.999

/**
 * Writes the maps of one picture: per class a bell around every centre, with 1 at the centre's place, and around it the
 * distances to the edges with weights that sum to 1 for each box. Where boxes meet, the smaller one has the place.
 * Returns how many boxes are asked for. Source: Liu et al., Training-Time-Friendly Network, 2020, sections 3.2 and 3.3.
 */
export function writeTargets(
  maps: TargetMaps,
  row: number,
  { side, classCount }: { side: number; classCount: number },
  marks: readonly ViewMark[],
): number {
  const area = side * side
  const heat = maps.heat.subarray(row * classCount * area, (row + 1) * classCount * area).fill(0)
  const edges = maps.edges.subarray(row * 4 * area, (row + 1) * 4 * area).fill(1)
  const weight = maps.weight.subarray(row * area, (row + 1) * area).fill(0)
  const owners = new Int32Array(area).fill(-1)
  const sums: number[] = []
  const largestFirst = marks.toSorted((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3])

  for (const { box, class: place, isIgnored } of largestFirst) {
    const plane = heat.subarray(place * area, (place + 1) * area)
    if (isIgnored) {
      ignoreInside(plane, side, box)
      continue
    }
    const owner = sums.push(0) - 1
    forEachCentral(side, box, (at, x, y, bell) => {
      plane[at] = Math.max(plane[at] ?? 0, bell)
      const distances = [x - box[0], box[0] + box[2] - x, y - box[1], box[1] + box[3] - y]
      if (distances.some((distance) => distance <= 0)) return
      distances.forEach((distance, edge) => {
        edges[edge * area + at] = distance / EDGE_UNIT
      })
      const before = owners[at] ?? -1
      if (before >= 0) sums[before] = (sums[before] ?? 0) - (weight[at] ?? 0)
      sums[owner] = (sums[owner] ?? 0) + bell
      owners[at] = owner
      weight[at] = bell
    })
  }
  for (let at = 0; at < area; at += 1) {
    const owner = owners[at] ?? -1
    if (owner >= 0) weight[at] = (weight[at] ?? 0) / Math.max(1e-6, sums[owner] ?? 1)
  }
  return sums.length
}

/** Calls with each place near the centre of a box: its index, its pixel and a bell that is 1 in the middle. */
function forEachCentral(
  side: number,
  [left, top, width, height]: BoundingBox,
  call: (at: number, x: number, y: number, bell: number) => void,
): void {
  const nearest = (pixel: number) => Math.min(side - 1, Math.max(0, Math.floor(pixel / DETECTOR_STRIDE)))
  const centreColumn = nearest(left + width / 2)
  const centreRow = nearest(top + height / 2)
  // Small boxes too get neighbours that nearly answer, or one place alone would have to.
  const reach = (length: number) => Math.max(1, Math.floor((CENTRAL_SHARE * length) / 2 / DETECTOR_STRIDE))
  const across = reach(width)
  const down = reach(height)
  const fall = (distance: number, half: number) => distance ** 2 / (2 * ((2 * half + 1) / 6) ** 2)
  for (let row = Math.max(0, centreRow - down); row <= Math.min(side - 1, centreRow + down); row += 1) {
    for (
      let column = Math.max(0, centreColumn - across);
      column <= Math.min(side - 1, centreColumn + across);
      column += 1
    ) {
      const bell = Math.exp(-fall(column - centreColumn, across) - fall(row - centreRow, down))
      call(row * side + column, (column + 0.5) * DETECTOR_STRIDE, (row + 0.5) * DETECTOR_STRIDE, bell)
    }
  }
}

function ignoreInside(plane: Float32Array, side: number, [left, top, width, height]: BoundingBox): void {
  const first = (pixel: number) => Math.max(0, Math.floor(pixel / DETECTOR_STRIDE))
  const last = (pixel: number) => Math.min(side - 1, Math.floor(pixel / DETECTOR_STRIDE))
  for (let row = first(top); row <= last(top + height); row += 1) {
    for (let column = first(left); column <= last(left + width); column += 1) {
      const at = row * side + column
      plane[at] = Math.max(plane[at] ?? 0, IGNORED)
    }
  }
}
