import type { NotificationId, UserId } from '@vesalius/contracts'
import type { Insertable } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { NotificationsTable } from '../../db/tables/messages.ts'
import { newId } from '../../ids.ts'

export type News = Pick<Insertable<NotificationsTable>, 'kind'> &
  Partial<Pick<Insertable<NotificationsTable>, 'by_id' | 'message_id' | 'image_id' | 'project_id' | 'outcome'>>

/** Writes the same note for each person; whoever calls publishes once it is committed. */
export async function insertNotifications(db: Db, userIds: readonly UserId[], news: News): Promise<void> {
  if (userIds.length === 0) return
  const about = { by_id: null, message_id: null, image_id: null, project_id: null, outcome: null, ...news }
  await db
    .insertInto('notifications')
    .values(userIds.map((userId) => ({ id: newId<NotificationId>(), user_id: userId, ...about })))
    .execute()
}

/** Notes and says it at once: of what is committed already. */
export async function notify(
  { db, events }: Pick<Context, 'db' | 'events'>,
  userIds: readonly UserId[],
  news: News,
): Promise<void> {
  if (userIds.length === 0) return
  await insertNotifications(db, userIds, news)
  events.publish(userIds, { kind: 'notification' })
}
