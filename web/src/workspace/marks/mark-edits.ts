import { moveBox } from './box-gesture.ts'
import { byPerson, isGuess, type Mark, type Marking, newMarkId } from './mark.ts'
import { type EditRule, freeOf, reshape } from './mask-edits.ts'
import { boundsOf, isEmpty } from './region.ts'
import { moved } from './region-morph.ts'
import type { Point, Size } from './region-shapes.ts'

/** Pixels that a pasted mark lies beside the one it was copied from. */
const PASTE_STEP = 10

export const removeMarks = (list: readonly Mark[], ids: ReadonlySet<string>): readonly Mark[] =>
  ids.size === 0 ? list : list.filter(({ id }) => !ids.has(id))

export function changeClass(list: readonly Mark[], ids: ReadonlySet<string>, value: number): readonly Mark[] {
  return list.map((mark) => (ids.has(mark.id) && mark.class !== value ? { ...byPerson(mark), class: value } : mark))
}

/** Takes guesses over as they are. */
export function acceptGuesses(list: readonly Mark[], isAccepted: (mark: Mark) => boolean): readonly Mark[] {
  return list.map((mark) => (isGuess(mark) && isAccepted(mark) ? byPerson(mark) : mark))
}

/** What is submitted: all guesses of at least this score are accepted, the others are not. */
export function finishMarks(marking: Marking, leastScore: number): Marking {
  const { list } = marking
  if (!list.some(isGuess)) return marking
  return {
    ...marking,
    list: acceptGuesses(list, () => true).filter((_, index) => isShown(list[index] as Mark, leastScore)),
  }
}

export const onFrame = (all: readonly Mark[], frame: number): readonly Mark[] =>
  all.filter((mark) => mark.frame === frame)

/** All marks of an image with those of one frame as they are now: what is new among them lies on that frame. */
export function withFrame(all: readonly Mark[], onFrame: readonly Mark[], frame: number): readonly Mark[] {
  const own = onFrame.map((mark) => (mark.frame === frame ? mark : { ...mark, frame }))
  const others = all.filter((mark) => mark.frame !== frame)
  return others.length === 0 ? own : [...others, ...own]
}

export const isShown = ({ score }: Mark, leastScore: number): boolean => score === null || score >= leastScore

/** Copies, a little aside, as a person's. A mask of cells takes only pixels that are free; one that finds none is left out. */
export function pasteMarks(list: readonly Mark[], copied: readonly Mark[], rule: EditRule, size: Size) {
  const ids = new Set<string>()
  const pasted = [...list]
  for (const mark of copied) {
    const shape = shifted(mark.shape, { x: PASTE_STEP, y: PASTE_STEP }, size)
    const own = { ...byPerson(mark), id: newMarkId() }
    const next = shape.kind === 'mask' ? { ...shape, region: freeOf(pasted, shape.region, rule, null) } : shape
    if (next.kind === 'mask' && isEmpty(next.region)) continue
    ids.add(own.id)
    pasted.push({ ...own, shape: next })
  }
  return { list: pasted, ids }
}

/** Moves masks by whole pixels, never out of the image; pixels of others stay theirs. */
export function moveMarks(
  list: readonly Mark[],
  ids: ReadonlySet<string>,
  by: Point,
  rule: EditRule,
  size: Size,
): readonly Mark[] {
  return list.reduce((left, mark) => {
    if (!ids.has(mark.id)) return left
    const shape = shifted(mark.shape, by, size)
    return shape.kind === 'mask' ? reshape(left, mark.id, shape.region, rule) : left
  }, list)
}

function shifted(shape: Mark['shape'], by: Point, size: Size): Mark['shape'] {
  if (shape.kind === 'box') return { kind: 'box', box: moveBox(shape.box, by, size) }
  const bounds = boundsOf(shape.region)
  if (!bounds) return shape
  const across = Math.min(Math.max(by.x, -bounds.left), size.width - bounds.right)
  const down = Math.min(Math.max(by.y, -bounds.top), size.height - bounds.bottom)
  return { kind: 'mask', region: moved(shape.region, across, down) }
}
