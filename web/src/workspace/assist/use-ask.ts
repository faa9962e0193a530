import { type Image, type LabelFile, type Project, routes } from '@vesalius/contracts'
import { useEffect, useRef } from 'react'
import { call } from '../../api/call.ts'
import { useAct } from '../../ui/use-act.ts'
import type { Gesture, Question } from '../marks/gestures/tool.ts'
import { marksFromLabel } from '../marks/label-marks.ts'

interface Given {
  project: Project
  image: Image
  frame: number
}

/** Goes on with the gesture that asked, if it is still there. */
export type OnAnswer = (next: (gesture: Gesture) => Gesture | null) => void

/** Asks the project's model about a region and hands its marks to the gesture that asked. */
export function useAsk({ project, image, frame }: Given): (question: Question, onAnswer: OnAnswer) => void {
  const act = useAct()
  const asked = useRef<AbortController | null>(null)
  useEffect(() => () => asked.current?.abort(), [])
  return (question, onAnswer) => {
    asked.current?.abort()
    const control = new AbortController()
    asked.current = control
    const isSame = (gesture: Gesture) => gesture.kind === 'ask' && gesture.question === question
    act(async () => {
      try {
        const { data } = await call(routes.assist, {
          params: { imageId: image.id },
          body: { ...question, frame },
          signal: control.signal,
        })
        const label = { type: project.taskType, data } as LabelFile
        const answer = marksFromLabel(label, project.classes, image)?.list ?? []
        onAnswer((gesture) => (isSame(gesture) && gesture.kind === 'ask' ? { ...gesture, answer } : gesture))
      } catch (error) {
        onAnswer((gesture) => (isSame(gesture) ? null : gesture))
        if (!control.signal.aborted) throw error
      }
    })
  }
}
