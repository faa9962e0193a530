import {
  type BoundingBox,
  combineRle,
  frameOf,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  overlapRle,
  rleArea,
  rleBounds,
} from '@vesalius/contracts'

/** What two labels of one image have in common in one class. */
export interface ClassOverlap {
  /** Pixels of all its masks together, in both labels, and in either; 0 for boxes. */
  intersection: number
  union: number
  /** Marks that stand for each other, and those of one label alone. */
  matched: number
  onlyA: number
  onlyB: number
  /** Sum of the intersections over unions of those that stand for each other. */
  overlaps: number
}

interface Outline {
  class: number
  frame: number
  box: BoundingBox
  rle: string | null
}

/** Two marks stand for each other from this intersection over union on. */
export const MATCHING_OVERLAP = 0.5

/**
 * Two labels of one image, class by class: `[class]`. Marks are matched one to one, those that overlap most first, within
 * a class and a frame, from an intersection over union of .5 on. Both labels must be boxes, or masks of the same size;
 * throws RangeError when they are not.
 */
export function compareMarks(a: LabelData, b: LabelData, classes: number): ClassOverlap[] {
  const [left, right] = [outlinesOf(a), outlinesOf(b)]
  if (isMaskLabel(a) !== isMaskLabel(b)) throw new RangeError('boxes cannot be compared with masks')
  const size = isMaskLabel(a) ? a.size : null
  if (size && isMaskLabel(b) && String(size) !== String(b.size)) throw new RangeError('the masks differ in size')
  return Array.from({ length: classes }, (_, index) => {
    const [ofA, ofB] = [left, right].map((marks) => marks.filter((mark) => mark.class === index)) as [
      Outline[],
      Outline[],
    ]
    return { ...pixelOverlap(ofA, ofB, size), ...matchMarks(ofA, ofB, size) }
  })
}

/** Dice of the pixels of two masks, 0..1; null where both are empty. Source: Dice, 1945. */
export function diceOf({ intersection, union }: Pick<ClassOverlap, 'intersection' | 'union'>): number | null {
  return union === 0 ? null : (2 * intersection) / (union + intersection)
}

/** Intersection over union of the pixels of two masks, 0..1; null where both are empty. Source: Jaccard, 1901. */
export function iouOf({ intersection, union }: Pick<ClassOverlap, 'intersection' | 'union'>): number | null {
  return union === 0 ? null : intersection / union
}

/** F1 of marks matched one to one, 0..1; null where neither label has any. */
export function f1Of({ matched, onlyA, onlyB }: Pick<ClassOverlap, 'matched' | 'onlyA' | 'onlyB'>): number | null {
  const marks = 2 * matched + onlyA + onlyB
  return marks === 0 ? null : (2 * matched) / marks
}

type Size = readonly [number, number]

function outlinesOf(data: LabelData): Outline[] {
  if (isBoxLabel(data)) {
    return data.boxes.map((mark) => ({ class: mark.class, frame: frameOf(mark), box: mark.box, rle: null }))
  }
  if (!isMaskLabel(data)) throw new RangeError('the label has no marks')
  return data.masks.flatMap((mark) => {
    const bounds = rleBounds(mark.rle, data.size)
    if (!bounds) return []
    const { left, top, right, bottom } = bounds
    const box: BoundingBox = [left, top, right - left, bottom - top]
    return [{ class: mark.class, frame: frameOf(mark), box, rle: mark.rle }]
  })
}

function pixelOverlap(a: readonly Outline[], b: readonly Outline[], size: Size | null) {
  const total = { intersection: 0, union: 0 }
  if (!size) return total
  const frames = new Set([...a, ...b].map(({ frame }) => frame))
  for (const frame of frames) {
    const [inA, inB] = [joined(a, frame, size), joined(b, frame, size)]
    if (inA && inB) {
      const { intersection, union } = overlapRle(inA, inB, size)
      total.intersection += intersection
      total.union += union
    } else total.union += rleArea(inA ?? inB ?? '', size)
  }
  return total
}

/** All masks of a frame as one; null where there are none. */
function joined(marks: readonly Outline[], frame: number, size: Size): string | null {
  const masks = marks.flatMap((mark) => (mark.frame === frame && mark.rle ? [mark.rle] : []))
  if (masks.length <= 1) return masks[0] ?? null
  return combineRle(masks, size, (holds) => holds.includes(true))
}

function matchMarks(a: readonly Outline[], b: readonly Outline[], size: Size | null) {
  const pairs = a.flatMap((mark, at) =>
    b.flatMap((other, index) => {
      if (mark.frame !== other.frame || !meets(mark.box, other.box)) return []
      const overlap = overlapOf(mark, other, size)
      return overlap >= MATCHING_OVERLAP ? [{ at, index, overlap }] : []
    }),
  )
  pairs.sort((one, other) => other.overlap - one.overlap)
  const [usedA, usedB] = [new Set<number>(), new Set<number>()]
  let overlaps = 0
  for (const { at, index, overlap } of pairs) {
    if (usedA.has(at) || usedB.has(index)) continue
    usedA.add(at)
    usedB.add(index)
    overlaps += overlap
  }
  return { matched: usedA.size, onlyA: a.length - usedA.size, onlyB: b.length - usedB.size, overlaps }
}

/** Intersection over union of two boxes, or of two masks. */
export function overlapOf(a: Pick<Outline, 'box' | 'rle'>, b: Pick<Outline, 'box' | 'rle'>, size: Size | null): number {
  if (a.rle !== null && b.rle !== null && size) return iouOf(overlapRle(a.rle, b.rle, size)) ?? 0
  const [width, height] = sharedSides(a.box, b.box)
  const shared = Math.max(0, width) * Math.max(0, height)
  const union = a.box[2] * a.box[3] + b.box[2] * b.box[3] - shared
  return union > 0 ? shared / union : 0
}

function meets(a: BoundingBox, b: BoundingBox): boolean {
  const [width, height] = sharedSides(a, b)
  return width > 0 && height > 0
}

function sharedSides(a: BoundingBox, b: BoundingBox): [number, number] {
  return [
    Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]),
    Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]),
  ]
}
