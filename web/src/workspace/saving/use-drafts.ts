import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { meQuery } from '../../features/accounts/account-queries.ts'
import type { AnnotationState, Answer } from '../annotations/annotation-store.ts'
import { encodeAhead } from '../marks/prepare-marks.ts'
import { type Draft, dropDraft, keepDraft, readDraft, sweepDrafts } from './draft-store.ts'

const PAUSE_MS = 400

/** Keeps what is not on the server yet in the browser, so that a closed tab does not take it along. */
export function useDrafts(
  drafts: AnnotationState['drafts'],
  saves: readonly { imageId: string }[],
  { scheme, tagOf }: { scheme: number; tagOf: (imageId: string) => string | null },
) {
  const userId = useQuery(meQuery).data?.id ?? ''
  const kept = useRef(new Map<string, Answer>())
  useEffect(() => sweepDrafts(localStorage, Date.now()), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tag alone is no change of a draft
  useEffect(() => {
    const abort = new AbortController()
    const keep = async () => {
      for (const [imageId, answer] of drafts) {
        if (kept.current.get(imageId) === answer) continue
        if (answer.marks) await encodeAhead(answer.marks, abort.signal)
        if (abort.signal.aborted) return
        keepDraft(localStorage, userId, imageId, { answer, etag: tagOf(imageId), scheme }, Date.now())
        kept.current.set(imageId, answer)
      }
      for (const imageId of kept.current.keys()) {
        if (drafts.has(imageId) || saves.some((save) => save.imageId === imageId)) continue
        dropDraft(localStorage, userId, imageId)
        kept.current.delete(imageId)
      }
    }
    const timer = setTimeout(() => void keep(), PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [drafts, saves, userId])
  return {
    /** What an earlier sitting left of an image; null once this one has kept something of it. */
    find: (imageId: string): Draft | null =>
      userId === '' || kept.current.has(imageId) ? null : readDraft(localStorage, userId, imageId),
    drop: (imageId: string) => dropDraft(localStorage, userId, imageId),
    forget: () => {
      for (const imageId of drafts.keys()) dropDraft(localStorage, userId, imageId)
    },
  }
}
