import { useEffect, useRef, useState } from 'react'
import { idleClock, pass, type WorkClock } from './work-clock.ts'

const TICK_MS = 1000

/** Whole seconds for whoever shows them: nobody else is rendered anew as they pass. */
export interface WorkTimer {
  subscribe: (listener: () => void) => () => void
  getSeconds: () => number
}

class TimerFace implements WorkTimer {
  #seconds = 0
  readonly #listeners = new Set<() => void>()

  show(seconds: number): void {
    if (seconds === this.#seconds) return
    this.#seconds = seconds
    for (const listener of this.#listeners) listener()
  }
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  getSeconds = (): number => this.#seconds
}

/**
 * How long a person works on the image at hand: time passes while the window is seen and something was done within the last
 * minute. `take` gives the seconds so far and begins anew.
 */
export function useWorkTimer(imageId: string): WorkTimer & { take: () => number } {
  const clock = useRef<WorkClock>(idleClock(imageId, Date.now()))
  const [face] = useState(() => new TimerFace())
  useEffect(() => {
    clock.current = idleClock(imageId, Date.now())
    face.show(0)
  }, [imageId, face])
  useEffect(() => {
    const note = () => {
      clock.current = pass(clock.current, { now: Date.now(), isSeen: !document.hidden, isActive: true })
    }
    const tick = () => {
      clock.current = pass(clock.current, { now: Date.now(), isSeen: !document.hidden, isActive: false })
      face.show(Math.floor(clock.current.workedMs / 1000))
    }
    const timer = setInterval(tick, TICK_MS)
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, note, { passive: true, capture: true })
    return () => {
      clearInterval(timer)
      for (const kind of kinds) window.removeEventListener(kind, note, { capture: true })
    }
  }, [face])
  const take = () => {
    const { workedMs } = pass(clock.current, { now: Date.now(), isSeen: !document.hidden, isActive: true })
    clock.current = idleClock(imageId, Date.now())
    return Math.round(workedMs / 100) / 10
  }
  return { subscribe: face.subscribe, getSeconds: face.getSeconds, take }
}
