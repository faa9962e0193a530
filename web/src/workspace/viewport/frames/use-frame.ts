import type { Image } from '@vesalius/contracts'
import { useEffect, useState } from 'react'
import { FRAMES_AHEAD, type FrameStore } from './frame-store.ts'
import type { LoadedFrame } from './loaded-frame.ts'

interface Answer {
  imageId: string
  frame: number
  loaded: LoadedFrame | null
}

/**
 * The frame to show. At once where it is in memory; until then the frame before it where it is of the same image, so that
 * leafing through does not flicker.
 */
export function useFrame(store: FrameStore, image: Image, frame: number, isOn: boolean) {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [pane] = useState({})
  useEffect(() => () => store.leave(pane), [store, pane])
  const ready = store.peek(image.id, frame)
  useEffect(() => {
    if (!isOn) return
    let isWanted = true
    const settle = (loaded: LoadedFrame | null) => isWanted && setAnswer({ imageId: image.id, frame, loaded })
    const goOn = () => {
      const last = Math.min(frame + FRAMES_AHEAD, image.frames - 1)
      for (let next = frame + 1; next <= last; next += 1) store.get(image, next).catch(() => {})
    }
    store.keep(pane, image.id, frame)
    store.get(image, frame).then(
      (loaded) => {
        settle(loaded)
        if (isWanted) goOn()
      },
      () => settle(null),
    )
    return () => {
      isWanted = false
    }
  }, [store, pane, image, frame, isOn])
  const isAnswered = answer?.imageId === image.id && answer.frame === frame
  const before = answer?.imageId === image.id ? answer.loaded : null
  return { shown: ready ?? before, hasFailed: ready === null && isAnswered && answer.loaded === null }
}
