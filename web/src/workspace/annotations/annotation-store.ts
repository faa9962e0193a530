import type { Measure } from '@vesalius/contracts'
import { isSameMarking, type Marking } from '../marks/mark.ts'

/**
 * What a person answers, image after image, with undo across images. Framework-free. A change by the model or by
 * another person moves the ground under an answer and never enters the undo stack. Submitting is a step of its own:
 * who undoes or redoes one also has to send the answer before or after it to the server.
 */

export type Origin = 'person' | 'model' | 'remote'

export interface Answer {
  /** Index of the chosen class; null: none. */
  value: number | null
  tags: readonly string[]
  /** Boxes or masks; null where the image has none by its kind, or they are not known yet. */
  marks: Marking | null
  /** What was measured on the image, whatever its kind. */
  measures: readonly Measure[]
}

export type Change =
  | { kind: 'edit'; imageId: string; before: Answer; after: Answer }
  /** `before`: what the server held as a person's answer, null: nobody's; `ground`: what lay under the draft, maybe a guess. */
  | { kind: 'submit'; imageId: string; before: Answer | null; ground: Answer; after: Answer }

export interface AnnotationState {
  /** Answer as the server has it, or as a model guessed. */
  ground: ReadonlyMap<string, Answer>
  /** What a person changed here and may not have submitted. */
  drafts: ReadonlyMap<string, Answer>
  undoable: readonly Change[]
  redoable: readonly Change[]
}

export const NO_ANSWER: Answer = { value: null, tags: [], marks: null, measures: [] }
export const EMPTY_STATE: AnnotationState = { ground: new Map(), drafts: new Map(), undoable: [], redoable: [] }
const DEEPEST_UNDO = 500
/** Images that steps can be taken back on, and answers that are kept while nobody looks at them: masks are large. */
const MOST_IMAGES = 20

const groundOf = (state: AnnotationState, imageId: string): Answer => state.ground.get(imageId) ?? NO_ANSWER
export const answerOf = (state: AnnotationState, imageId: string): Answer =>
  state.drafts.get(imageId) ?? groundOf(state, imageId)

export const isSame = (a: Answer, b: Answer) =>
  a.value === b.value &&
  a.tags.join('\n') === b.tags.join('\n') &&
  isSameMarking(a.marks, b.marks) &&
  (a.measures === b.measures || JSON.stringify(a.measures) === JSON.stringify(b.measures))

export function apply(state: AnnotationState, imageId: string, answer: Answer, origin: Origin): AnnotationState {
  if (origin !== 'person') return { ...state, ground: withGround(state, imageId, answer) }
  const before = answerOf(state, imageId)
  if (isSame(before, answer)) return state
  return remember(withDraft(state, imageId, answer), { kind: 'edit', imageId, before, after: answer })
}

/** The answer is on its way to the server: it becomes the ground, and the draft ends. `before`: see `Change`. */
export function submit(state: AnnotationState, imageId: string, before: Answer | null): AnnotationState {
  const after = answerOf(state, imageId)
  const change: Change = { kind: 'submit', imageId, before, ground: groundOf(state, imageId), after }
  return remember(settle(state, imageId, after), change)
}

/** Takes the last change back; the image it was on is `imageId` of the last of `redoable`. */
export function undo(state: AnnotationState): AnnotationState {
  const change = state.undoable.at(-1)
  if (!change) return state
  const ground = change.kind === 'submit' ? apply(state, change.imageId, change.ground, 'remote') : state
  return {
    ...withDraft(ground, change.imageId, change.kind === 'submit' ? change.after : change.before),
    undoable: state.undoable.slice(0, -1),
    redoable: [...state.redoable, change],
  }
}

export function redo(state: AnnotationState): AnnotationState {
  const change = state.redoable.at(-1)
  if (!change) return state
  const { imageId, after } = change
  return {
    ...(change.kind === 'submit' ? settle(state, imageId, after) : withDraft(state, imageId, after)),
    undoable: [...state.undoable, change],
    redoable: state.redoable.slice(0, -1),
  }
}

function settle(state: AnnotationState, imageId: string, answer: Answer): AnnotationState {
  const drafts = new Map(state.drafts)
  drafts.delete(imageId)
  return { ...state, drafts, ground: withGround(state, imageId, answer) }
}

/** The ground of an image that is looked at. What was looked at long ago is laid anew when somebody comes back to it. */
function withGround({ ground, drafts, undoable, redoable }: AnnotationState, imageId: string, answer: Answer) {
  const next = new Map(ground)
  next.delete(imageId)
  next.set(imageId, answer)
  if (next.size <= MOST_IMAGES) return next
  const needed = new Set([...drafts.keys(), ...[...undoable, ...redoable].map((change) => change.imageId)])
  for (const id of next.keys()) {
    if (next.size <= MOST_IMAGES) break
    if (id !== imageId && !needed.has(id)) next.delete(id)
  }
  return next
}

function remember(state: AnnotationState, change: Change): AnnotationState {
  return { ...state, undoable: ofLastImages([...state.undoable, change].slice(-DEEPEST_UNDO)), redoable: [] }
}

/** The changes since the first one of the last images. */
function ofLastImages(changes: readonly Change[]): readonly Change[] {
  const images = new Set<string>()
  for (let at = changes.length - 1; at >= 0; at -= 1) {
    images.add((changes[at] as Change).imageId)
    if (images.size > MOST_IMAGES) return changes.slice(at + 1)
  }
  return changes
}

/** An answer equal to the ground is no draft: what counts is the difference, not that a key was pressed. */
function withDraft(state: AnnotationState, imageId: string, answer: Answer): AnnotationState {
  const drafts = new Map(state.drafts)
  if (isSame(answer, groundOf(state, imageId))) drafts.delete(imageId)
  else drafts.set(imageId, answer)
  return { ...state, drafts }
}
