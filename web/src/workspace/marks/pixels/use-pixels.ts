import { useEffect, useRef } from 'react'
import type { Stage } from '../../viewport/stage.ts'
import type { PixelAnswer, PixelQuestion } from './look.ts'
import type { PixelRequest, PixelResponse } from './pixels.worker.ts'
import { keyOfScene } from './scene-key.ts'

type Settle = { resolve: (answer: PixelAnswer) => void; reject: (error: Error) => void }

/** Asks about the pixels of what is on the stage; the answer comes from a worker that is started with the first question. */
export function usePixels(stage: Stage): (question: PixelQuestion) => Promise<PixelAnswer> {
  const worker = useRef<Worker | null>(null)
  const waiting = useRef(new Map<number, Settle>())
  const asked = useRef(0)
  useEffect(
    () => () => {
      worker.current?.terminate()
      worker.current = null
    },
    [],
  )
  const open = () => {
    const made = new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module' })
    made.onmessage = ({ data }: MessageEvent<PixelResponse>) => {
      const settle = waiting.current.get(data.number)
      waiting.current.delete(data.number)
      if ('answer' in data) settle?.resolve(data.answer)
      else settle?.reject(new Error(data.failure))
    }
    return made
  }
  return (question) => {
    const scene = stage.getScene()
    if (!scene) return Promise.reject(new Error('nothing is shown yet'))
    worker.current ??= open()
    asked.current += 1
    const number = asked.current
    const request: PixelRequest = { number, key: keyOfScene(scene), scene, question }
    worker.current.postMessage(request)
    return new Promise((resolve, reject) => waiting.current.set(number, { resolve, reject }))
  }
}
