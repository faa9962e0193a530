import { useQueryClient } from '@tanstack/react-query'
import { type ImageId, type Project, routes } from '@vesalius/contracts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { exchange } from '../api/call.ts'
import { keys } from '../api/keys.ts'
import { ApiProblem } from '../api/problem.ts'
import type { TaggedLabel } from '../features/images/image-queries.ts'
import { type AnnotationState, EMPTY_STATE, settle } from './annotations/annotation-store.ts'
import { bodyFromAnswer, type LabelBody } from './label-body.ts'
import { SaveQueue } from './saving/save-queue.ts'

const pause = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, 500 * 2 ** attempt))

/** The answers of this sitting and their way to the server. */
export function useAnnotating(project: Project) {
  const client = useQueryClient()
  const [state, setState] = useState<AnnotationState>(EMPTY_STATE)
  const [queue] = useState(
    () =>
      new SaveQueue<LabelBody>(
        async (imageId, body, etag) => {
          const input = { params: { imageId: imageId as ImageId }, body, ifMatch: etag ?? undefined }
          const saved = await exchange(routes.putLabel, input)
          client.setQueryData<TaggedLabel>(keys.label(imageId), { label: saved.body, etag: saved.etag })
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
  const submit = (imageId: string, answer: Parameters<typeof settle>[2], etag: string | null) => {
    setState((known) => settle(known, imageId, answer))
    queue.submit(imageId, bodyFromAnswer(project, answer), etag)
  }
  return { state, setState, queue, saves, submit, isUnsaved }
}
