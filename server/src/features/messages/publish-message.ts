import type { MessageId, UserId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { findRoot } from '../threads/threads.ts'
import { findInboxes } from './inbox.ts'
import { subjectOf, type TopicRow } from './subjects.ts'

/** After the commit: says to those who are there that there is something to look at, not what. */
export async function publishMessage(
  { db, events }: Pick<Context, 'db' | 'events'>,
  { id, topic, reached, told }: { id: MessageId; topic: TopicRow; reached: readonly UserId[]; told: readonly UserId[] },
): Promise<void> {
  if (reached.length > 0) events.publish(reached, { kind: 'message', messageId: id })
  if (told.length > 0) events.publish(told, { kind: 'notification' })
  if (!topic.image_id) return
  const image = await db.selectFrom('images').select('project_id').where('id', '=', topic.image_id).executeTakeFirst()
  if (image)
    events.publish(image.project_id, { kind: 'discussion', projectId: image.project_id, imageId: topic.image_id })
}

/** The same of a message that changed. */
export async function publishChange(
  parts: Pick<Context, 'db' | 'events'>,
  { id, topic, told }: { id: MessageId; topic: TopicRow; told: readonly UserId[] },
): Promise<void> {
  const rootId = await findRoot(parts.db, id)
  const inboxes = rootId === null ? [] : await findInboxes(parts.db, rootId)
  const reached = await subjectOf(topic).readers(
    parts.db,
    topic,
    inboxes.map(({ userId }) => userId),
  )
  await publishMessage(parts, { id, topic, reached, told })
}
