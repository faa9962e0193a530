import { z } from 'zod'
import { ArticleId, ImageId, MessageId, NotificationId } from '../ids.ts'
import {
  Conversation,
  Discussion,
  Message,
  MessageEdit,
  MessageSettings,
  MessageTarget,
  MessageText,
  NewsCount,
  Notification,
  ThreadPage,
} from '../message.ts'
import { PageQuery, pageOf } from '../paging.ts'
import { defineRoute } from '../route.ts'

const tag = 'messages'
const ofMessage = z.object({ messageId: MessageId })

export const postMessage = defineRoute({
  method: 'POST',
  path: '/messages',
  summary:
    'Begin a thread (`to`), or answer messages (`quotes`). Quoting messages of several threads makes one thread of them: those of the first, then of the second, then this message.',
  tag,
  access: 'user',
  body: z
    .strictObject({
      to: MessageTarget.optional(),
      quotes: z.array(MessageId).min(1).max(10).optional(),
      text: MessageText,
      images: z.array(ImageId).max(10).default([]),
    })
    .refine(({ to, quotes }) => (to === undefined) !== (quotes === undefined), 'either `to` or `quotes`'),
  responses: { 201: Message },
})

export const searchMessages = defineRoute({
  method: 'GET',
  path: '/messages',
  summary: 'Messages that the caller may read and whose text holds these characters, newest first.',
  tag,
  access: 'user',
  query: PageQuery.extend({ text: z.string().trim().min(1).max(100) }),
  responses: { 200: pageOf(Message) },
})

export const readThread = defineRoute({
  method: 'GET',
  path: '/messages/:messageId/thread',
  summary: 'The thread of a message in its order: the part around it, or the part that a cursor names.',
  tag,
  access: 'party',
  params: ofMessage,
  query: z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: { 200: ThreadPage },
})

export const editMessage = defineRoute({
  method: 'PATCH',
  path: '/messages/:messageId',
  summary: "Change the words of one's own message; the earlier ones stay to be read.",
  tag,
  access: 'mine',
  params: ofMessage,
  body: z.strictObject({ text: MessageText }),
  responses: { 200: Message },
})

export const deleteMessage = defineRoute({
  method: 'DELETE',
  path: '/messages/:messageId',
  summary: "Erase the words of one's own message, earlier ones too; that there was one stays to be seen.",
  tag,
  access: 'mine',
  params: ofMessage,
  responses: { 200: Message },
})

export const listMessageEdits = defineRoute({
  method: 'GET',
  path: '/messages/:messageId/edits',
  summary: 'What a message said before, newest first.',
  tag,
  access: 'party',
  params: ofMessage,
  responses: { 200: z.object({ items: z.array(MessageEdit) }) },
})

export const markThreadRead = defineRoute({
  method: 'POST',
  path: '/messages/:messageId/read',
  summary: 'The caller has read the thread up to this message.',
  tag,
  access: 'party',
  params: ofMessage,
  responses: { 200: NewsCount },
})

export const muteThread = defineRoute({
  method: 'PUT',
  path: '/messages/:messageId/mute',
  summary: 'Hear no more of replies in the thread, only of mentions; or hear of them again.',
  tag,
  access: 'party',
  params: ofMessage,
  body: z.strictObject({ isMuted: z.boolean() }),
  responses: { 204: null },
})

export const listConversations = defineRoute({
  method: 'GET',
  path: '/conversations',
  summary: "The caller's threads, the one with the newest message first.",
  tag,
  access: 'user',
  query: PageQuery.extend({ unread: z.stringbool().default(false) }),
  responses: { 200: pageOf(Conversation) },
})

export const listDiscussions = defineRoute({
  method: 'GET',
  path: '/images/:imageId/discussions',
  summary: 'What people talk about an image, oldest first; pinned to a place of it or not.',
  tag,
  access: 'view',
  params: z.object({ imageId: ImageId }),
  responses: { 200: z.object({ items: z.array(Discussion) }) },
})

export const listArticleDiscussions = defineRoute({
  method: 'GET',
  path: '/articles/:articleId/discussions',
  summary: 'What people talk about an article, oldest first.',
  tag,
  access: 'view',
  params: z.object({ articleId: ArticleId }),
  responses: { 200: z.object({ items: z.array(Discussion) }) },
})

export const countNews = defineRoute({
  method: 'GET',
  path: '/notifications/count',
  summary: 'How much the caller has not seen.',
  tag,
  access: 'user',
  responses: { 200: NewsCount },
})

export const listNotifications = defineRoute({
  method: 'GET',
  path: '/notifications',
  summary: 'What the caller is told of: mentions, replies, reviews, finished trainings and imports. Newest first.',
  tag,
  access: 'user',
  query: PageQuery,
  responses: { 200: pageOf(Notification) },
})

export const markNotificationsSeen = defineRoute({
  method: 'POST',
  path: '/notifications/seen',
  summary: 'The caller has seen these, or all up to now.',
  tag,
  access: 'user',
  body: z.strictObject({ ids: z.array(NotificationId).max(500).optional() }),
  responses: { 200: NewsCount },
})

export const getMessageSettings = defineRoute({
  method: 'GET',
  path: '/me/message-settings',
  summary: 'How the caller is told of messages.',
  tag,
  access: 'user',
  responses: { 200: MessageSettings },
})

export const putMessageSettings = defineRoute({
  method: 'PUT',
  path: '/me/message-settings',
  summary: 'Set how often unread threads are told by mail.',
  tag,
  access: 'user',
  body: MessageSettings,
  responses: { 200: MessageSettings },
})
