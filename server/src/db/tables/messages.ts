import type {
  ArticleId,
  ImageId,
  MailDigest,
  MessageId,
  MessagePlace,
  NotificationId,
  NotificationKind,
  NotificationOutcome,
  OrganisationId,
  ProjectId,
  TopicId,
  TopicKind,
  UserId,
} from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder } from 'kysely'

type Time = ColumnType<Date, Date | undefined, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ThreadNodesTable {
  id: string
  /** Towards the representative of its set; the representative's own is itself. */
  parent_id: string
  previous_id: string | null
  next_id: string | null
}

export interface ThreadsTable {
  /** The representative. */
  root_id: string
  size: number
  head_id: string
  tail_id: string
  active_at: ColumnType<Date, Date, Date>
}

export interface MessageTopicsTable {
  id: TopicId
  kind: TopicKind
  organisation_id: OrganisationId | null
  image_id: ImageId | null
  article_id: ArticleId | null
  place: ColumnType<MessagePlace | null, RawBuilder<MessagePlace> | null, never>
  /** Its first message. */
  first_id: MessageId
  created_at: Time
}

export interface MessagesTable {
  id: MessageId
  topic_id: TopicId
  author_id: UserId | null
  /** Empty once it is deleted. */
  text: string
  quotes: ColumnType<MessageId[], RawBuilder<MessageId[]> | undefined, never>
  created_at: Time
  edited_at: OptionalTime
  deleted_at: OptionalTime
}

export interface ThreadInboxesTable {
  user_id: UserId
  root_id: string
  /** By which they may see the thread. */
  topic_id: TopicId
  last_message_id: MessageId
  active_at: ColumnType<Date, Date, Date>
  unread: Generated<number>
  is_muted: Generated<boolean>
}

export interface NotificationsTable {
  id: NotificationId
  user_id: UserId
  kind: NotificationKind
  by_id: UserId | null
  message_id: MessageId | null
  image_id: ImageId | null
  project_id: ProjectId | null
  outcome: NotificationOutcome | null
  created_at: Time
  seen_at: OptionalTime
}

export interface MessageTables {
  thread_nodes: ThreadNodesTable
  threads: ThreadsTable
  message_topics: MessageTopicsTable
  message_topic_people: { topic_id: TopicId; user_id: UserId }
  messages: MessagesTable
  message_edits: { message_id: MessageId; place: number; text: string; replaced_at: Time }
  message_images: { message_id: MessageId; image_id: ImageId; place: number }
  message_mentions: { message_id: MessageId; user_id: UserId }
  thread_inboxes: ThreadInboxesTable
  message_settings: { user_id: UserId; digest: MailDigest; digested_at: Time }
  notifications: NotificationsTable
}
