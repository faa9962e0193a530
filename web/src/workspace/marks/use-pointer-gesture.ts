import { type PointerEvent, type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useAct } from '../../ui/use-act.ts'
import { useStable } from '../../ui/use-stable.ts'
import type { OnAnswer } from '../assist/use-ask.ts'
import type { Stage } from '../viewport/stage.ts'
import { toImage } from '../viewport/view.ts'
import { pointNear } from './gestures/measure-tool.ts'
import type { Gesture, Ground, Outcome, Question, Touch } from './gestures/tool.ts'
import { TOOLS } from './gestures/tools.ts'
import { back, follow, forward, NO_TRAIL, type Trail, take } from './gestures/trail.ts'
import { removeVertexAt } from './gestures/vertex.ts'
import { LiveGesture, nothingOf } from './live-gesture.ts'
import type { PixelAnswer, PixelQuestion } from './pixels/look.ts'
import { keyOfScene } from './pixels/scene-key.ts'
import { usePixels } from './pixels/use-pixels.ts'
import { useSuperpixels } from './pixels/use-superpixels.ts'
import type { Point } from './region-shapes.ts'
import type { MarkingDesk } from './use-marking.ts'

/** How near a pointer must come to a handle or a first point, in pixels of the page; a finger is wider. */
const REACH = 8
const FINGER_REACH = 18
/** A pointer that moved less has clicked. */
const CLICK = 3

interface Given {
  desk: MarkingDesk
  stage: Stage
  canvas: RefObject<HTMLCanvasElement | null>
  isPanning: boolean
  onQuestion: (question: Question, onAnswer: OnAnswer) => void
}

/** Turns what pointer, pen and the keys' crosshair do over the image into steps of the tool in hand. */
export function usePointerGesture({ desk, stage, canvas, isPanning, onQuestion }: Given) {
  const { view } = stage
  const [live] = useState(() => new LiveGesture())
  const last = useSyncExternalStore(live.subscribe, live.getSeen)
  const [isFinger, setIsFinger] = useState(false)
  /** The pointer that is pressed, and what was there before it was. */
  const pressed = useRef<{ id: number; before: Gesture | null } | null>(null)
  /** Where a pen draws, fingers and the palm beside it move the image. */
  const hasPen = useRef(false)
  const { tool, size } = desk
  const machine = tool === 'hand' ? null : TOOLS[tool]
  const seen = last.tool === tool ? last : nothingOf(tool)
  const doing = () => live.with(tool)
  const now = (): Gesture | null => doing().trail.gesture
  const setTrail = (change: (known: Trail) => Trail) => {
    const known = doing()
    live.set({ ...known, trail: change(known.trail) })
  }
  const setHover = (hover: Point | null) => live.set({ ...doing(), hover })
  const askPixels = usePixels(stage)
  const act = useAct()
  const superpixels = useSuperpixels({
    at: tool === 'superpixels' ? seen.hover : null,
    side: desk.patchSide,
    key: tool === 'superpixels' ? keyOfScene(stage.getScene()) : '',
    ask: askPixels,
  })
  const ground: Ground = {
    ...desk.rule,
    ...{ size, list: desk.list, shown: desk.shown, classIndex: desk.classIndex, radius: desk.radius },
    ...{ tolerance: desk.tolerance, range: desk.range, fieldShape: desk.fieldShape, measureKind: desk.measureKind },
    measurements: desk.measurements,
    superpixels,
    reach: (isFinger ? FINGER_REACH : REACH) / view.scale,
    still: CLICK / view.scale,
  }

  const pointOf = (event: { clientX: number; clientY: number }): Point => {
    const box = canvas.current?.getBoundingClientRect()
    return toImage(view, { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) })
  }
  const touchOf = (event: globalThis.PointerEvent): Touch => ({
    at: pointOf(event),
    isMore: event.shiftKey,
    isOther: event.ctrlKey || event.metaKey || (event.buttons & (RIGHT | ERASER)) !== 0,
    pressure: event.pointerType === 'pen' && event.pressure > 0 ? 0.4 + 1.2 * event.pressure : 1,
  })
  const answer: OnAnswer = (next) =>
    setTrail((known) => {
      const now = known.gesture && next(known.gesture)
      return now ? follow(known, now) : known.gesture ? NO_TRAIL : known
    })
  /** Does what a step of the tool led to, but for the gesture itself. */
  const obey = ({ list, select, range, tolerance, measured, remeasured, question }: Outcome) => {
    if (list) desk.edit(list, select)
    else if (select) desk.select(select)
    if (range) desk.setRange(range)
    if (tolerance !== undefined) desk.setTolerance(tolerance)
    if (measured) desk.addMeasurement(measured)
    if (remeasured) desk.changeMeasurement(remeasured.id, remeasured)
    if (question) onQuestion(question, answer)
  }
  const press = (touch: Touch, id: number) => {
    if (!machine) return
    const gesture = now()
    const isView = tool === 'measure' || tool === 'select'
    const outcome =
      desk.isOpen || isView ? machine.press(gesture, touch, ground) : TOOLS.select.press(null, touch, ground)
    pressed.current = { id, before: gesture }
    obey(outcome)
    setTrail((known) => (outcome.gesture ? follow(known, outcome.gesture) : NO_TRAIL))
  }
  /** Where the pointer is now, when it is not one of the keys: one change, so that it is painted once. */
  const move = (touches: readonly Touch[], isPressed: boolean, hover = doing().hover) => {
    const { trail } = doing()
    const { gesture } = trail
    const owner = gesture?.kind === 'marquee' ? TOOLS.select : machine
    const next = gesture && owner?.move?.(gesture, touches, ground, isPressed)
    live.set({ tool, hover, trail: next && next !== gesture ? follow(trail, next) : trail })
  }
  const release = (touch: Touch) => {
    const before = pressed.current?.before ?? null
    pressed.current = null
    const gesture = now()
    if (!gesture || !machine) return
    const owner = gesture.kind === 'marquee' ? TOOLS.select : machine
    const outcome = owner.release?.(gesture, touch, ground) ?? { gesture: null }
    obey(outcome)
    setTrail((known) => take(known, before, outcome.gesture))
  }
  const finish = (): boolean => {
    const gesture = now()
    const outcome = gesture && machine?.finish?.(gesture, ground)
    if (!outcome || outcome.gesture === gesture) return false
    obey(outcome)
    setTrail((known) => (outcome.gesture ? follow(known, outcome.gesture) : NO_TRAIL))
    return true
  }
  /** Asks about the picture what the gesture has to know, and goes on with it when the answer comes. */
  const isAsking = useRef(false)
  const askOn = useStable(() => {
    const gesture = now()
    const question = gesture && machine?.asks?.(gesture, ground)
    if (!question || isAsking.current) return
    isAsking.current = true
    act(async () => {
      try {
        settle(question, await askPixels(question))
      } catch (error) {
        cancel()
        throw error
      } finally {
        isAsking.current = false
        askOn()
      }
    })
  })
  const settle = useStable((question: PixelQuestion, answer: PixelAnswer) => {
    const gesture = now()
    const outcome = gesture && machine?.answered?.(gesture, question, answer, ground)
    if (!outcome) return
    obey(outcome)
    setTrail((known) => (outcome.gesture ? follow(known, outcome.gesture) : NO_TRAIL))
  })
  useEffect(() => askOn())
  useEffect(() => live.onPaint(askOn), [live, askOn])
  const tap = (touch: Touch) => {
    if (!machine || !desk.isOpen) return
    const gesture = now()
    const begun = machine.press(gesture, touch, ground)
    obey(begun)
    const ended = begun.gesture && machine.release ? machine.release(begun.gesture, touch, ground) : { gesture: null }
    obey(ended)
    setTrail((known) => take(known, gesture, ended.gesture))
  }
  const cancel = () => {
    pressed.current = null
    setTrail(() => NO_TRAIL)
  }
  const walk = (way: typeof back | typeof forward): boolean => {
    const next = pressed.current ? null : way(doing().trail)
    if (next) setTrail(() => next)
    return next !== null
  }

  const handlers = {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      const { nativeEvent, pointerType, pointerId } = event
      if (pointerType === 'pen') hasPen.current = true
      setIsFinger(pointerType === 'touch')
      const isOwn = isPanning || !machine || (event.button !== 0 && event.button !== 2 && event.button !== 5)
      if (isOwn || (pointerType === 'touch' && hasPen.current)) return
      // A second finger zooms: what the first one began was not meant.
      if (pressed.current) return pointerType === 'touch' ? cancel() : undefined
      event.stopPropagation()
      event.currentTarget.setPointerCapture(pointerId)
      press(touchOf(nativeEvent), pointerId)
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      const { nativeEvent } = event
      if (pressed.current && pressed.current.id !== event.pointerId) return
      if (now()) event.stopPropagation()
      const passed = nativeEvent.getCoalescedEvents?.() ?? []
      move((passed.length > 0 ? passed : [nativeEvent]).map(touchOf), pressed.current !== null, pointOf(event))
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      if (pressed.current?.id !== event.pointerId) return
      event.stopPropagation()
      release(touchOf(event.nativeEvent))
    },
    onPointerCancel: cancel,
    onPointerLeave: () => setHover(null),
    onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
    onDoubleClick(event: { stopPropagation: () => void }) {
      event.stopPropagation()
      finish()
    },
  }
  return {
    ...{ live, seen, ground, machine, handlers, finish, cancel },
    /** What is being done at this moment. */
    doing,
    /** Steps of an unfinished shape; false where there is none to take back or to take again. */
    undo: () => walk(back),
    redo: () => walk(forward),
    /** The place the keys draw from is where the pointer would be. */
    keys: {
      ...{ press: (touch: Touch) => press(touch, KEYS), move, release, tap },
      isPressed: () => pressed.current?.id === KEYS,
    },
    setHover,
    /** The measurement of which a point is under the pointer. */
    removeMeasurement: (): boolean => {
      const { hover } = doing()
      const found = tool === 'measure' && hover ? pointNear(desk.measurements, hover, ground.reach) : null
      if (found) desk.removeMeasurement(found.changed.id)
      return found !== null
    },
    removeVertex: (): boolean => {
      const { hover } = doing()
      const outcome = tool === 'vertices' && hover ? removeVertexAt(hover, ground) : null
      if (outcome) obey(outcome)
      return outcome !== null
    },
  }
}
const [RIGHT, ERASER] = [2, 32]
/** Stands for the number of a pointer where the keys press. */
const KEYS = -1

export type PointerGesture = ReturnType<typeof usePointerGesture>
