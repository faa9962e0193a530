import {
  type BoundingBox,
  type DetectionLabelData,
  decodeRle,
  encodeRle,
  placeRle,
  type SegmentationLabelData,
} from '@vesalius/contracts'
import type { Size } from '../labels/fit-marks.ts'
import type { Part, Region } from './ask-part.ts'

/** Boxes found in a part, in pixels of the whole image: those whose middle lies in the box, or the least around a place. */
export function placeBoxes(data: DetectionLabelData, part: Part, { box, point }: Region): DetectionLabelData {
  const found = data.boxes.map((mark) => {
    const [x, y, width, height] = mark.box
    return { ...mark, box: [x + part.left, y + part.top, width, height] as BoundingBox }
  })
  if (box) {
    return { ...data, boxes: found.filter(({ box: [x, y, w, h] }) => contains(box, x + w / 2, y + h / 2)) }
  }
  const around = found.filter((mark) => point && contains(mark.box, point.x, point.y))
  const [least] = around.toSorted((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3])
  return { ...data, boxes: least ? [least] : [] }
}

/**
 * Masks found in a part, of the whole image's size. In a box: instances that lie in it for the most part, whole; masks of
 * classes cut at its edges. At a place: the instance, or the piece of a class's mask, that covers it.
 */
export function placeMasks(
  data: SegmentationLabelData,
  part: Part,
  { question, whole, hasInstances }: { question: Region; whole: Size; hasInstances: boolean },
): SegmentationLabelData {
  const size: [number, number] = [whole.height, whole.width]
  const partSize: [number, number] = [part.height, part.width]
  const masks = data.masks.flatMap((mark) => {
    const grid = decodeRle(mark.rle, partSize)
    const isWanted = question.box
      ? cutAtBox(grid, part, question.box, hasInstances)
      : keepPieceAt(grid, part, question.point)
    if (!isWanted) return []
    const { left, top } = part
    return [{ ...mark, rle: placeRle(encodeRle(grid, partSize), partSize, { left, top, size }) }]
  })
  return { ...data, size, masks }
}

/** Changes the grid; false where nothing of it is wanted. */
function cutAtBox(grid: Uint8Array, part: Part, box: BoundingBox, isWhole: boolean): boolean {
  let [inside, all] = [0, 0]
  const outside: number[] = []
  grid.forEach((value, at) => {
    if (value === 0) return
    all += 1
    const [x, y] = [part.left + (at % part.width) + 0.5, part.top + Math.floor(at / part.width) + 0.5]
    if (contains(box, x, y)) inside += 1
    else outside.push(at)
  })
  if (isWhole) return all > 0 && 2 * inside >= all
  for (const at of outside) grid[at] = 0
  return inside > 0
}

/** Leaves only the pixels that hang together with the one at a place, by their sides. */
function keepPieceAt(grid: Uint8Array, { left, top, width }: Part, point: Region['point']): boolean {
  if (!point) return false
  const start = (Math.floor(point.y) - top) * width + Math.floor(point.x) - left
  if (grid[start] !== 1) return false
  const open = [start]
  grid[start] = 2
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const column = at % width
    for (const next of [column > 0 ? at - 1 : -1, column < width - 1 ? at + 1 : -1, at - width, at + width]) {
      if (grid[next] !== 1) continue
      grid[next] = 2
      open.push(next)
    }
  }
  grid.forEach((value, at) => {
    grid[at] = value === 2 ? 1 : 0
  })
  return true
}

const contains = ([left, top, width, height]: BoundingBox, x: number, y: number) =>
  x >= left && y >= top && x < left + width && y < top + height
