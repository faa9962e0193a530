import type { MessageSettings, UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'

export async function readSettings(db: Db, userId: UserId): Promise<MessageSettings> {
  const row = await db.selectFrom('message_settings').select('digest').where('user_id', '=', userId).executeTakeFirst()
  return { mailDigest: row?.digest ?? 'off' }
}

export async function writeSettings(db: Db, userId: UserId, settings: MessageSettings): Promise<MessageSettings> {
  const digest = settings.mailDigest
  await db
    .insertInto('message_settings')
    .values({ user_id: userId, digest })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ digest }))
    .execute()
  return settings
}
