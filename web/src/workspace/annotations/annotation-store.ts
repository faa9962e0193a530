/**
 * What a person answers, image after image, with undo across images. Framework-free. A change by the model or by
 * another person moves the ground under an answer and never enters the undo stack.
 */

export type Origin = 'person' | 'model' | 'remote'

export interface Answer {
  /** Index of the chosen class; null: none. */
  value: number | null
  tags: readonly string[]
}

export interface Change {
  imageId: string
  before: Answer
  after: Answer
}

export interface AnnotationState {
  /** Answer as the server has it, or as a model guessed. */
  ground: ReadonlyMap<string, Answer>
  /** What a person changed here and may not have submitted. */
  drafts: ReadonlyMap<string, Answer>
  undoable: readonly Change[]
  redoable: readonly Change[]
}

export const NO_ANSWER: Answer = { value: null, tags: [] }
export const EMPTY_STATE: AnnotationState = { ground: new Map(), drafts: new Map(), undoable: [], redoable: [] }
const DEEPEST_UNDO = 500

export const answerOf = (state: AnnotationState, imageId: string): Answer =>
  state.drafts.get(imageId) ?? state.ground.get(imageId) ?? NO_ANSWER

export const isSame = (a: Answer, b: Answer) => a.value === b.value && a.tags.join('\n') === b.tags.join('\n')

export function apply(state: AnnotationState, imageId: string, answer: Answer, origin: Origin): AnnotationState {
  if (origin !== 'person') return { ...state, ground: new Map(state.ground).set(imageId, answer) }
  const before = answerOf(state, imageId)
  if (isSame(before, answer)) return state
  const undoable = [...state.undoable, { imageId, before, after: answer }].slice(-DEEPEST_UNDO)
  return { ...withDraft(state, imageId, answer), undoable, redoable: [] }
}

/** Takes the last change back; the image it was on is `imageId` of the last of `redoable`. */
export function undo(state: AnnotationState): AnnotationState {
  const change = state.undoable.at(-1)
  if (!change) return state
  return {
    ...withDraft(state, change.imageId, change.before),
    undoable: state.undoable.slice(0, -1),
    redoable: [...state.redoable, change],
  }
}

export function redo(state: AnnotationState): AnnotationState {
  const change = state.redoable.at(-1)
  if (!change) return state
  return {
    ...withDraft(state, change.imageId, change.after),
    undoable: [...state.undoable, change],
    redoable: state.redoable.slice(0, -1),
  }
}

/** The answer is on its way to the server: it becomes the ground, and the draft ends. */
export function settle(state: AnnotationState, imageId: string, answer: Answer): AnnotationState {
  const drafts = new Map(state.drafts)
  drafts.delete(imageId)
  return { ...state, drafts, ground: new Map(state.ground).set(imageId, answer) }
}

/** An answer equal to the ground is no draft: what counts is the difference, not that a key was pressed. */
function withDraft(state: AnnotationState, imageId: string, answer: Answer): AnnotationState {
  const drafts = new Map(state.drafts)
  if (isSame(answer, state.ground.get(imageId) ?? NO_ANSWER)) drafts.delete(imageId)
  else drafts.set(imageId, answer)
  return { ...state, drafts }
}
