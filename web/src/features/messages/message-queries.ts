import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type ImageId, type MessageId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

export const conversationsQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: [...keys.messages, 'conversations', unread],
    queryFn: ({ pageParam, signal }) =>
      call(routes.listConversations, {
        query: { limit: 30, ...(unread ? { unread: 'true' } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const foundMessagesQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.messages, 'found', text],
    queryFn: ({ pageParam, signal }) =>
      call(routes.searchMessages, { query: { text, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** The thread around a message, and on from there in both directions. */
export const threadQuery = (messageId: MessageId) =>
  infiniteQueryOptions({
    queryKey: [...keys.messages, 'thread', messageId],
    queryFn: ({ pageParam, signal }) =>
      call(routes.readThread, { params: { messageId }, query: pageParam ? { cursor: pageParam } : {}, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    getPreviousPageParam: (page) => page.previousCursor,
  })

export const editsQuery = (messageId: MessageId) =>
  queryOptions({
    queryKey: [...keys.messages, 'edits', messageId],
    queryFn: async ({ signal }) => (await call(routes.listMessageEdits, { params: { messageId }, signal })).items,
  })

export const discussionsQuery = (imageId: ImageId) =>
  queryOptions({
    queryKey: keys.discussions(imageId),
    queryFn: async ({ signal }) => (await call(routes.listDiscussions, { params: { imageId }, signal })).items,
  })

export const newsQuery = queryOptions({
  queryKey: keys.news,
  queryFn: ({ signal }) => call(routes.countNews, { signal }),
})
