import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type CommentId, type Image, type ReviewComment, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { commentsQuery } from './review-queries.ts'
import { usePin } from './use-pin.ts'

/** A remark and the replies to it. `number` stands on its pin. */
export interface Thread {
  number: number
  first: ReviewComment
  replies: ReviewComment[]
}

/** The remarks on an image, the one looked at, and the place where a new one is being pinned. */
export function useRemarks(image: Image) {
  const client = useQueryClient()
  const known = useQuery(commentsQuery(image.id))
  const [opened, setOpened] = useState<string | null>(null)
  const pin = usePin(image)
  const params = { imageId: image.id }
  const refresh = () => client.invalidateQueries({ queryKey: keys.comments(image.id) })
  const threads = threadsOf(known.data ?? [])
  return {
    ...{ error: known.error, isPending: known.isPending, retry: () => void known.refetch() },
    threads,
    /** The open ones, as pins. */
    items: threads
      .filter(({ first }) => first.resolvedAt === null)
      .map(({ number, first: { id, text, place } }) => ({ id: id as string, number, text, place })),
    ...{ opened, open: setOpened },
    ...pin,
    add: async (text: string) => {
      const { place } = pin
      await call(routes.addComment, { params, body: { text, ...(place ? { place } : {}) } })
      pin.forgetPin()
      await refresh()
    },
    reply: async (parentId: CommentId, text: string) => {
      await call(routes.addComment, { params, body: { text, parentId } })
      await refresh()
    },
    resolve: async (commentId: CommentId, isResolved: boolean) => {
      await call(routes.changeComment, { params: { commentId }, body: { isResolved } })
      await refresh()
    },
    remove: async (commentId: CommentId) => {
      await call(routes.deleteComment, { params: { commentId } })
      await refresh()
    },
  }
}
export type Remarks = ReturnType<typeof useRemarks>

/** Remarks with their replies, in the order they were made. */
export function threadsOf(comments: readonly ReviewComment[]): Thread[] {
  return comments
    .filter(({ parentId }) => parentId === null)
    .map((first, index) => ({
      number: index + 1,
      first,
      replies: comments.filter(({ parentId }) => parentId === first.id),
    }))
}
