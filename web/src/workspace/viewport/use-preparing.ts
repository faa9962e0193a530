import { useEffect } from 'react'
import type { FrameStore } from './frames/frame-store.ts'
import type { Layer } from './layers.ts'
import type { Renderer } from './use-renderer.ts'

/** Frames made ready while another is looked at: the graphics card's memory is not the page's alone. */
const MOST_AHEAD = 2

/** While nothing else is to be done, brings what comes next to the graphics card, a few rows at a time. */
export function usePreparing(renderer: Renderer | null, store: FrameStore | undefined, layers: readonly Layer[]): void {
  useEffect(() => {
    if (!renderer || !store || layers.length === 0) return
    let waiting = 0
    const goOn = () => {
      waiting = 0
      const next = store.upcoming().slice(0, MOST_AHEAD)
      if (!next.every((frame) => renderer.prepare(frame))) wait()
    }
    const wait = () => {
      waiting ||= whenIdle(goOn)
    }
    wait()
    const stop = store.onLoaded(wait)
    return () => {
      stop()
      cancelIdle(waiting)
    }
  }, [renderer, store, layers])
}

const whenIdle = (work: () => void): number =>
  'requestIdleCallback' in window ? window.requestIdleCallback(work) : Number(setTimeout(work, 20))
const cancelIdle = (waiting: number): void =>
  'cancelIdleCallback' in window ? window.cancelIdleCallback(waiting) : clearTimeout(waiting)
