import { z } from 'zod'
import { ArticleId, ImageId, MessageId, NotificationId, OrganisationId, ProjectId, TopicId, UserId } from './ids.ts'
import { CommentPlace } from './review.ts'
import { Timestamp } from './time.ts'
import { Person } from './user.ts'

export const MessageText = z.string().trim().min(1).max(8000)

export const TopicKind = z.enum(['people', 'organisation', 'image', 'article'])
export type TopicKind = z.infer<typeof TopicKind>

/** Where on an image a message points. */
export const MessagePlace = CommentPlace
export type MessagePlace = CommentPlace

/** What a new thread is about, and with it who may read it. */
export const MessageTarget = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('people'), userIds: z.array(UserId).min(1).max(50) }),
    z.strictObject({ kind: z.literal('organisation'), organisationId: OrganisationId }),
    z.strictObject({ kind: z.literal('image'), imageId: ImageId, place: MessagePlace.nullable().default(null) }),
    z.strictObject({ kind: z.literal('article'), articleId: ArticleId }),
  ])
  .meta({ id: 'MessageTarget' })
export type MessageTarget = z.infer<typeof MessageTarget>

/** The same of a message that is there, with names. A message keeps its topic when its thread is merged with another. */
export const Topic = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('people'), id: TopicId, people: z.array(Person) }),
    z.object({ kind: z.literal('organisation'), id: TopicId, organisationId: OrganisationId, name: z.string() }),
    z.object({
      kind: z.literal('image'),
      id: TopicId,
      imageId: ImageId,
      projectId: ProjectId,
      name: z.string(),
      place: MessagePlace.nullable(),
    }),
    z.object({ kind: z.literal('article'), id: TopicId, articleId: ArticleId, name: z.string() }),
  ])
  .meta({ id: 'Topic' })
export type Topic = z.infer<typeof Topic>

/** The beginning of a message that another one answers. */
export const MessageQuote = z
  .object({
    id: MessageId,
    author: Person.nullable(),
    text: z.string(),
    deletedAt: Timestamp.nullable(),
  })
  .meta({ id: 'MessageQuote' })
export type MessageQuote = z.infer<typeof MessageQuote>

export const Message = z
  .object({
    id: MessageId,
    topic: Topic,
    /** Null: the account is gone. */
    author: Person.nullable(),
    /** Empty once it is deleted. */
    text: z.string(),
    /** What it answers, as far as the reader may see it. */
    quotes: z.array(MessageQuote),
    /** Images that it shows, as far as the reader may see them. */
    images: z.array(z.object({ id: ImageId, projectId: ProjectId, name: z.string() })),
    mentions: z.array(Person),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable(),
    deletedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>

export const MessageEdit = z.object({ text: z.string(), replacedAt: Timestamp }).meta({ id: 'MessageEdit' })
export type MessageEdit = z.infer<typeof MessageEdit>

/** A part of a thread in its order. */
export const ThreadPage = z
  .object({
    /** Messages in the whole thread, also those that the reader may not see. */
    size: z.int(),
    isMuted: z.boolean(),
    unread: z.int(),
    items: z.array(Message),
    previousCursor: z.string().nullable(),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'ThreadPage' })
export type ThreadPage = z.infer<typeof ThreadPage>

/** A thread in somebody's inbox. */
export const Conversation = z
  .object({
    topic: Topic,
    last: Message,
    size: z.int(),
    unread: z.int(),
    isMuted: z.boolean(),
    activeAt: Timestamp,
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof Conversation>

/** What was begun about an image or an article: its first message and how large its thread is by now. */
export const Discussion = z
  .object({ topic: Topic, first: Message, size: z.int(), activeAt: Timestamp })
  .meta({ id: 'Discussion' })
export type Discussion = z.infer<typeof Discussion>

export const MailDigest = z.enum(['off', 'hourly', 'daily'])
export type MailDigest = z.infer<typeof MailDigest>

export const MessageSettings = z.strictObject({ mailDigest: MailDigest }).meta({ id: 'MessageSettings' })
export type MessageSettings = z.infer<typeof MessageSettings>

export const NotificationKind = z.enum(['mention', 'reply', 'review', 'training', 'import', 'webhook'])
export type NotificationKind = z.infer<typeof NotificationKind>

export const NotificationOutcome = z.enum(['accepted', 'rejected', 'succeeded', 'failed'])
export type NotificationOutcome = z.infer<typeof NotificationOutcome>

export const Notification = z
  .object({
    id: NotificationId,
    kind: NotificationKind,
    by: Person.nullable(),
    /** Of a mention or reply: the message, or null when the reader may not see it any more. */
    message: z.object({ id: MessageId, text: z.string() }).nullable(),
    image: z.object({ id: ImageId, projectId: ProjectId, name: z.string() }).nullable(),
    project: z.object({ id: ProjectId, name: z.string() }).nullable(),
    outcome: NotificationOutcome.nullable(),
    createdAt: Timestamp,
    seenAt: Timestamp.nullable(),
  })
  .meta({ id: 'Notification' })
export type Notification = z.infer<typeof Notification>

/** The numbers beside the bell and the inbox. */
export const NewsCount = z
  .object({
    /** Threads with something unread, without muted ones. */
    threads: z.int(),
    notifications: z.int(),
  })
  .meta({ id: 'NewsCount' })
export type NewsCount = z.infer<typeof NewsCount>
