import type { BoundingBox } from '@vesalius/contracts'
import type { Region } from './region.ts'
import type { Size } from './region-shapes.ts'

/** One box or mask. A model's guess carries its score until a person takes it over. */
export interface Mark {
  id: string
  /** Index into the project's classes. */
  class: number
  /** The frame or page it lies on, counted from 0. */
  frame: number
  origin: 'person' | 'model'
  /** 0..1; of guesses only. */
  score: number | null
  shape: BoxShape | MaskShape
}
export interface BoxShape {
  kind: 'box'
  /** `[x, y, width, height]` in pixels of the image. */
  box: BoundingBox
}
export interface MaskShape {
  kind: 'mask'
  region: Region
}

/** The marks of one image. Immutable. */
export interface Marking {
  size: Size
  list: readonly Mark[]
}

/** The same marks: what did not change is the very same object. */
export function isSameMarking(a: Marking | null, b: Marking | null): boolean {
  if (a === b) return true
  if (!a || !b || a.list.length !== b.list.length) return false
  return a.list.every((mark, index) => mark === b.list[index])
}

/** A selection with one more, or one fewer where it was in it. */
export function toggled<Item>(items: ReadonlySet<Item>, item: Item): Set<Item> {
  const next = new Set(items)
  if (!next.delete(item)) next.add(item)
  return next
}

export function newMarkId(): string {
  return `m${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
}

/** A new box by a person. */
export function personsBox(value: number, box: BoundingBox): Mark {
  return { id: newMarkId(), class: value, frame: 0, origin: 'person', score: null, shape: { kind: 'box', box } }
}

/** A person takes a guess over, as it is or changed. */
export const byPerson = (mark: Mark): Mark => ({ ...mark, origin: 'person', score: null })

export const isGuess = (mark: Mark): boolean => mark.origin === 'model'
