import { useEffect, useRef, useState } from 'react'
import { idleClock, pass, type WorkClock } from './work-clock.ts'

const TICK_MS = 1000

/**
 * How long a person works on the image at hand: time passes while the window is seen and something was done within the last
 * minute. `take` gives the seconds so far and begins anew.
 */
export function useWorkTimer(imageId: string): { seconds: number; take: () => number } {
  const clock = useRef<WorkClock>(idleClock(imageId, Date.now()))
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    clock.current = idleClock(imageId, Date.now())
    setSeconds(0)
  }, [imageId])
  useEffect(() => {
    const note = () => {
      clock.current = pass(clock.current, { now: Date.now(), isSeen: !document.hidden, isActive: true })
    }
    const tick = () => {
      clock.current = pass(clock.current, { now: Date.now(), isSeen: !document.hidden, isActive: false })
      setSeconds(Math.floor(clock.current.workedMs / 1000))
    }
    const timer = setInterval(tick, TICK_MS)
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, note, { passive: true, capture: true })
    return () => {
      clearInterval(timer)
      for (const kind of kinds) window.removeEventListener(kind, note, { capture: true })
    }
  }, [])
  const take = () => {
    const { workedMs } = pass(clock.current, { now: Date.now(), isSeen: !document.hidden, isActive: true })
    clock.current = idleClock(imageId, Date.now())
    return Math.round(workedMs / 100) / 10
  }
  return { seconds, take }
}
