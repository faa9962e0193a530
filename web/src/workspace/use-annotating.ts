import { useQueryClient } from '@tanstack/react-query'
import { type ImageId, type Project, routes } from '@vesalius/contracts'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { exchange } from '../api/call.ts'
import { keys } from '../api/keys.ts'
import { ApiProblem } from '../api/problem.ts'
import type { TaggedLabel } from '../features/images/image-queries.ts'
import {
  type AnnotationState,
  type Answer,
  apply,
  type Change,
  EMPTY_STATE,
  type Origin,
  redo,
  submit,
  undo,
} from './annotations/annotation-store.ts'
import { bodyFromAnswer, type LabelBody } from './label-body.ts'
import { SaveQueue } from './saving/save-queue.ts'
import { SeenLabels } from './saving/seen-labels.ts'
import { useDrafts } from './saving/use-drafts.ts'

const pause = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, 500 * 2 ** attempt))

/** The answers of this sitting and their way to the server. */
export function useAnnotating(project: Project) {
  const client = useQueryClient()
  const [state, setState] = useState<AnnotationState>(EMPTY_STATE)
  const seen = useRef(new SeenLabels()).current
  const [queue] = useState(
    () =>
      new SaveQueue<LabelBody | null>(
        async (imageId, body, etag) => {
          const input = { params: { imageId: imageId as ImageId }, ...(etag === null ? {} : { ifMatch: etag }) }
          const saved = await (body
            ? exchange(routes.putLabel, { ...input, body })
            : exchange(routes.takeBackLabel, input))
          client.setQueryData<TaggedLabel>(keys.label(imageId), { label: saved.body, etag: saved.etag })
          seen.keep(imageId, { label: saved.body, etag: saved.etag })
          return saved.etag
        },
        {
          isConflict: (error) => error instanceof ApiProblem && error.code === 'LABEL_CHANGED',
          isTransient: (error) => error instanceof ApiProblem && error.isTransient,
          wait: pause,
        },
      ),
  )
  const saves = useSyncExternalStore(queue.subscribe, queue.getSaves)
  const isUnsaved = saves.length > 0 || state.drafts.size > 0
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => isUnsaved && event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isUnsaved])
  const send = (imageId: string, answer: Answer | null, etag: string | null, seconds?: number) => {
    const body = answer && bodyFromAnswer(project, answer)
    queue.submit(imageId, body && seconds !== undefined ? { ...body, seconds } : body, etag)
  }
  const knownTag = (imageId: string) =>
    seen.under(imageId)?.etag ?? client.getQueryData<TaggedLabel>(keys.label(imageId))?.etag ?? null
  const drafts = useDrafts(state.drafts, saves, { scheme: project.classScheme, tagOf: knownTag })
  return {
    state,
    drafts,
    queue,
    saves,
    seen,
    isUnsaved,
    change: (imageId: string, answer: Answer, origin: Origin) =>
      setState((known) => apply(known, imageId, answer, origin)),
    /** `before`: what the server holds as a person's answer, null: nobody's; `etag`: of the label that was looked at. */
    submit: (imageId: string, answer: Answer, before: Answer | null, etag: string | null, seconds: number) => {
      setState((known) => submit(known, imageId, before))
      send(imageId, answer, etag, seconds)
    },
    /** Undoes the last change, on the server too where it was submitted. Answers the change, null when there is none. */
    undo: (): Change | null => {
      const change = state.undoable.at(-1)
      if (!change) return null
      setState(undo)
      if (change.kind === 'submit') send(change.imageId, change.before, knownTag(change.imageId))
      return change
    },
    redo: (): Change | null => {
      const change = state.redoable.at(-1)
      if (!change) return null
      setState(redo)
      if (change.kind === 'submit') send(change.imageId, change.after, knownTag(change.imageId))
      return change
    },
  }
}
export type Annotating = ReturnType<typeof useAnnotating>
