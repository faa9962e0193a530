import type { Activity, ImageId, Presence, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'

/** Silent for longer than two beats and a little: the page is gone. */
const EXPIRES_AFTER = sql<Date>`now() - interval '25 seconds'`
/** Pages of one person counted on one image; more are not kept. */
const MOST_LISTED = 50

export interface Beat {
  imageId: ImageId
  tab: string
  userId: UserId
  activity: Activity
}

/** Keeps that a page shows an image; answers whether that is news to others. */
export async function keepBeat(db: Db, { imageId, tab, userId, activity }: Beat): Promise<boolean> {
  const gone = await db
    .deleteFrom('presences')
    .where('image_id', '=', imageId)
    .where('seen_at', '<', EXPIRES_AFTER)
    .executeTakeFirst()
  const known = await db
    .selectFrom('presences')
    .select(['activity'])
    .where('image_id', '=', imageId)
    .where('user_id', '=', userId)
    .where('tab', '=', tab)
    .executeTakeFirst()
  await db
    .insertInto('presences')
    .values({ image_id: imageId, user_id: userId, tab, activity })
    .onConflict((conflict) =>
      conflict.columns(['image_id', 'user_id', 'tab']).doUpdateSet({ activity, seen_at: sql`now()` }),
    )
    .execute()
  return Number(gone.numDeletedRows) > 0 || known?.activity !== activity
}

export async function dropBeat(db: Db, { imageId, tab, userId }: Omit<Beat, 'activity'>): Promise<boolean> {
  const gone = await db
    .deleteFrom('presences')
    .where('image_id', '=', imageId)
    .where('user_id', '=', userId)
    .where('tab', '=', tab)
    .executeTakeFirst()
  return Number(gone.numDeletedRows) > 0
}

/** Everyone who has the image open, each once; who edits in any page edits. */
export async function findPresent(db: Db, imageId: ImageId): Promise<Presence[]> {
  const rows = await db
    .selectFrom('presences')
    .innerJoin('users', 'users.id', 'presences.user_id')
    .select([
      'users.id',
      sql<string>`coalesce(users.username, users.name)`.as('username'),
      sql<boolean>`bool_or(activity = 'editing')`.as('isEditing'),
    ])
    .where('image_id', '=', imageId)
    .where('seen_at', '>=', EXPIRES_AFTER)
    .groupBy(['users.id', 'users.username', 'users.name'])
    .orderBy(sql`min(presences.since)`)
    .limit(MOST_LISTED)
    .execute()
  return rows.map(({ id, username, isEditing }) => ({ id, username, activity: isEditing ? 'editing' : 'viewing' }))
}

/** Pages that nobody missed because nobody opened their image again. */
export async function sweepPresences(db: Db): Promise<void> {
  await db.deleteFrom('presences').where('seen_at', '<', sql<Date>`now() - interval '1 hour'`).execute()
}
