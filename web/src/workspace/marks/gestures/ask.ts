import { acceptAnswer } from '../accept-answer.ts'
import { drawnBox } from '../box-gesture.ts'
import type { Mark } from '../mark.ts'
import type { Point } from '../region-shapes.ts'
import type { Question, Tool } from './tool.ts'

/** A region the project's model is asked about: drawn, waited for, then shown until it is taken. */
export interface AskGesture {
  kind: 'ask'
  start: Point
  now: Point
  question: Question | null
  /** Null until the model has answered. */
  answer: readonly Mark[] | null
}

/** A box or a click asks the model about that place; Enter takes its answer, Escape refuses it. */
export const askTool: Tool = {
  press(gesture, { at }, ground) {
    if (gesture?.kind === 'ask' && gesture.answer === null && gesture.question) return { gesture }
    // Going on to the next place takes nothing that was not accepted.
    return { gesture: { kind: 'ask', start: at, now: at, question: null, answer: null }, list: ground.list }
  },
  move(gesture, touches, _, isPressed) {
    const now = touches.at(-1)?.at
    return gesture.kind === 'ask' && !gesture.question && isPressed && now ? { ...gesture, now } : gesture
  },
  release(gesture, _, { size, still }) {
    if (gesture.kind !== 'ask' || gesture.question) return { gesture }
    const { start, now } = gesture
    const isClick = Math.hypot(now.x - start.x, now.y - start.y) < still
    const box = isClick ? null : drawnBox(gesture, size)
    const isOutside = start.x < 0 || start.y < 0 || start.x >= size.width || start.y >= size.height
    if (!box && isOutside) return { gesture: null }
    const question = box ? { box } : { point: start }
    return { gesture: { ...gesture, question }, question }
  },
  finish(gesture, ground) {
    if (gesture.kind !== 'ask' || !gesture.answer) return { gesture }
    return { gesture: null, ...acceptAnswer(ground.list, gesture.answer, ground) }
  },
}
