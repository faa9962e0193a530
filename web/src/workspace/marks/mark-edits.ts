import { moveBox } from './box-gesture.ts'
import { byPerson, isGuess, type Mark, type Marking, newMarkId } from './mark.ts'
import { boundsOf, type Region } from './region.ts'
import type { Size } from './region-shapes.ts'

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

/** All marks of an image with those of one frame as they are now: what is new among them lies on that frame. */
export function withFrame(all: readonly Mark[], onFrame: readonly Mark[], frame: number): readonly Mark[] {
  const own = onFrame.map((mark) => (mark.frame === frame ? mark : { ...mark, frame }))
  const others = all.filter((mark) => mark.frame !== frame)
  return others.length === 0 ? own : [...others, ...own]
}

export const isShown = ({ score }: Mark, leastScore: number): boolean => score === null || score >= leastScore

/** Copies, a little aside, as a person's. */
export function pasteMarks(list: readonly Mark[], copied: readonly Mark[], size: Size) {
  const pasted = copied.map((mark): Mark => {
    const { shape } = mark
    const step = { x: PASTE_STEP, y: PASTE_STEP }
    const moved =
      shape.kind === 'box'
        ? ({ kind: 'box', box: moveBox(shape.box, step, size) } as const)
        : ({ kind: 'mask', region: moveRegion(shape.region, size) } as const)
    return { ...byPerson(mark), id: newMarkId(), shape: moved }
  })
  return { list: [...list, ...pasted], ids: new Set(pasted.map(({ id }) => id)) }
}

function moveRegion(region: Region, size: Size): Region {
  const bounds = boundsOf(region)
  if (!bounds) return region
  const across = Math.min(PASTE_STEP, size.width - bounds.right)
  const down = Math.min(PASTE_STEP, size.height - bounds.bottom)
  return { top: region.top + down, rows: region.rows.map((runs) => runs.map((place) => place + across)) }
}
