import type { BoundingBox } from '@vesalius/contracts'
import { byPerson, type Mark } from './mark.ts'
import type { Point, Size } from './region-shapes.ts'

/** Which edges a handle moves: −1 left or top, 1 right or bottom, 0 neither. */
export interface Handle {
  x: -1 | 0 | 1
  y: -1 | 0 | 1
}

/** What a pressed pointer does to boxes until it is let go. */
export type BoxGesture =
  | { kind: 'draw'; start: Point; now: Point }
  | { kind: 'move'; start: Point; now: Point; ids: readonly string[] }
  | { kind: 'resize'; start: Point; now: Point; id: string; handle: Handle }

const STEPS = [-1, 0, 1] as const
export const HANDLES: readonly Handle[] = STEPS.flatMap((y) => STEPS.map((x) => ({ x, y }))).filter(
  ({ x, y }) => x !== 0 || y !== 0,
)

export function handlePlace([x, y, width, height]: BoundingBox, handle: Handle): Point {
  return { x: x + ((handle.x + 1) / 2) * width, y: y + ((handle.y + 1) / 2) * height }
}

/** The smallest mark under a point; null where there is none. `isUnder` says whether a mark covers the point. */
export function boxAt(list: readonly Mark[], { x, y }: Point): Mark | null {
  let found: Mark | null = null
  let least = Number.POSITIVE_INFINITY
  for (const mark of list) {
    if (mark.shape.kind !== 'box') continue
    const [left, top, width, height] = mark.shape.box
    const isUnder = x >= left && y >= top && x <= left + width && y <= top + height
    if (!isUnder || width * height >= least) continue
    found = mark
    least = width * height
  }
  return found
}

/** `reach`: how near a handle must be, in pixels of the image. */
export function startBoxGesture(
  list: readonly Mark[],
  selected: ReadonlySet<string>,
  start: Point,
  reach: number,
): BoxGesture {
  const chosen = list.filter((mark) => selected.has(mark.id))
  const [only] = chosen
  const handle = chosen.length === 1 && only ? handleAt(only, start, reach) : null
  if (handle && only) return { kind: 'resize', start, now: start, id: only.id, handle }
  if (boxAt(chosen, start)) return { kind: 'move', start, now: start, ids: chosen.map(({ id }) => id) }
  return { kind: 'draw', start, now: start }
}

export function handleAt({ shape }: Mark, point: Point, reach: number): Handle | null {
  if (shape.kind !== 'box') return null
  const distance = (handle: Handle) => {
    const place = handlePlace(shape.box, handle)
    return Math.max(Math.abs(place.x - point.x), Math.abs(place.y - point.y))
  }
  const [nearest] = HANDLES.toSorted((a, b) => distance(a) - distance(b))
  return nearest && distance(nearest) <= reach ? nearest : null
}

/** The box a drawing pointer spans, inside the image; null when it is thinner than a pixel. */
export function drawnBox({ start, now }: { start: Point; now: Point }, size: Size): BoundingBox | null {
  return boxBetween(keepInside(start, size), keepInside(now, size))
}

/** The marks as a gesture leaves them; the very same list when it changes nothing. */
export function applyBoxGesture(list: readonly Mark[], gesture: BoxGesture, size: Size): readonly Mark[] {
  if (gesture.kind === 'draw') return list
  const by = { x: gesture.now.x - gesture.start.x, y: gesture.now.y - gesture.start.y }
  if (by.x === 0 && by.y === 0) return list
  const ids = gesture.kind === 'move' ? gesture.ids : [gesture.id]
  return changeBoxes(list, new Set(ids), (box) =>
    gesture.kind === 'move' ? moveBox(box, by, size) : resizeBox(box, gesture.handle, by, size),
  )
}

/** Changes the boxes of some marks, which are a person's from then on. */
export function changeBoxes(
  list: readonly Mark[],
  ids: ReadonlySet<string>,
  change: (box: BoundingBox) => BoundingBox,
): readonly Mark[] {
  return list.map((mark) =>
    ids.has(mark.id) && mark.shape.kind === 'box'
      ? { ...byPerson(mark), shape: { kind: 'box', box: change(mark.shape.box) } }
      : mark,
  )
}

export function moveBox([x, y, width, height]: BoundingBox, by: Point, size: Size): BoundingBox {
  const left = Math.min(Math.max(0, x + by.x), Math.max(0, size.width - width))
  const top = Math.min(Math.max(0, y + by.y), Math.max(0, size.height - height))
  return [round(left), round(top), width, height]
}

/** The box wider and higher by so much at its right and lower edge. */
export function stretchBox(box: BoundingBox, by: Point, size: Size): BoundingBox {
  return resizeBox(box, { x: 1, y: 1 }, by, size)
}

function resizeBox(box: BoundingBox, handle: Handle, by: Point, size: Size): BoundingBox {
  const [x, y, width, height] = box
  const first = { x: x + (handle.x === -1 ? by.x : 0), y: y + (handle.y === -1 ? by.y : 0) }
  const last = { x: x + width + (handle.x === 1 ? by.x : 0), y: y + height + (handle.y === 1 ? by.y : 0) }
  return boxBetween(keepInside(first, size), keepInside(last, size)) ?? box
}

function boxBetween(a: Point, b: Point): BoundingBox | null {
  const [left, right] = [round(Math.min(a.x, b.x)), round(Math.max(a.x, b.x))]
  const [top, bottom] = [round(Math.min(a.y, b.y)), round(Math.max(a.y, b.y))]
  return right - left >= 1 && bottom - top >= 1 ? [left, top, round(right - left), round(bottom - top)] : null
}

const keepInside = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: Math.min(width, Math.max(0, x)),
  y: Math.min(height, Math.max(0, y)),
})

/** Tenths of a pixel: finer than any hand. */
const round = (value: number) => Math.round(value * 10) / 10
