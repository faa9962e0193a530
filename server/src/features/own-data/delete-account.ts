import type { UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { endSessions } from '../accounts/recovery.ts'
import { lockAdministration } from '../administration/lock-administration.ts'
import { type PurgeProjectParts, purgeProject } from '../bin/purge-project.ts'
import { postMail } from '../mail/mail.ts'
import { lookAhead, refuseObstacle } from './farewell.ts'
import { archiveKey } from './own-archives.ts'

/** What belongs to a person alone and says who they are or lets them in; it goes at once. */
const PERSONAL = [
  ['auth_accounts', 'userId'],
  ['api_tokens', 'user_id'],
  ['second_factors', 'user_id'],
  ['passkeys', 'user_id'],
  ['mailed_secrets', 'user_id'],
  ['user_preferences', 'user_id'],
  ['saved_filters', 'user_id'],
  ['downloads', 'user_id'],
  ['image_editors', 'user_id'],
  ['project_reviewers', 'user_id'],
  ['organisation_members', 'user_id'],
  ['organisation_invitations', 'invited_by'],
  ['presences', 'user_id'],
  ['label_studio_links', 'user_id'],
] as const

/**
 * Ends an account. Nobody can sign in to it from the commit on; its projects are in the bin then, and a job removes them for
 * good. What the person did in projects of others stays, under a row without name and address. Throws LAST_OWNER,
 * LAST_ADMINISTRATOR.
 */
export async function deleteAccount({ db, jobs }: Pick<Context, 'db' | 'jobs'>, userId: UserId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAdministration(trx)
    await lockOrganisations(trx, userId)
    refuseObstacle(await lookAhead(trx, userId))
    const { email, emailVerified } = await trx
      .selectFrom('users')
      .select(['email', 'emailVerified'])
      .where('id', '=', userId)
      .executeTakeFirstOrThrow()
    await endSessions(trx, userId, null)
    for (const [table, column] of PERSONAL) {
      await sql`DELETE FROM ${sql.table(table)} WHERE ${sql.ref(column)} = ${userId}`.execute(trx)
    }
    await trx
      .updateTable('projects')
      .set({ deleted_at: sql`coalesce(deleted_at, now())`, updated_at: sql`now()`, is_default: false })
      .where('owner_id', '=', userId)
      .where('organisation_id', 'is', null)
      .execute()
    await trx
      .updateTable('users')
      .set({
        ...{ name: `deleted-${userId.slice(-6)}`, username: null, displayUsername: null, image: null },
        ...{ email: `${userId}@deleted.invalid`, emailVerified: false, role: 'user' },
        frozenAt: sql<Date>`now()`,
        deletedAt: sql<Date>`now()`,
        updatedAt: sql`now()`,
      })
      .where('id', '=', userId)
      .execute()
    await jobs.enqueue(trx, 'delete-account', { userId }, { key: userId })
    if (emailVerified) {
      await postMail(trx, jobs, {
        to: email,
        subject: 'Vesalius: your account was deleted · 账户已删除',
        text: 'Your account and your own projects were deleted, as you asked.\n\n您的账户及您自己的项目已按您的要求删除。',
      })
    }
  })
}

/** Two last owners who leave at once wait for each other here. */
async function lockOrganisations(trx: Db, userId: UserId): Promise<void> {
  await sql`SELECT FROM organisation_members WHERE organisation_id IN (
    SELECT organisation_id FROM organisation_members WHERE user_id = ${userId})
    ORDER BY organisation_id, user_id FOR UPDATE`.execute(trx)
}

/** Goes on where it was cut off. */
export function deleteAccountHandler(parts: PurgeProjectParts): JobHandler<'delete-account'> {
  return async ({ payload: { userId }, signal }) => {
    const { db, storage } = parts
    const gone = await db.selectFrom('users').select('deletedAt').where('id', '=', userId).executeTakeFirst()
    if (!gone?.deletedAt) return
    const projects = await db
      .selectFrom('projects')
      .select('id')
      .where('owner_id', '=', userId)
      .where('organisation_id', 'is', null)
      .execute()
    for (const { id } of projects) {
      signal.throwIfAborted()
      await purgeProject(parts, id)
    }
    const archives = await db.selectFrom('own_archives').select('id').where('user_id', '=', userId).execute()
    for (const { id } of archives) await storage.remove(archiveKey(id))
    await db.deleteFrom('own_archives').where('user_id', '=', userId).execute()
  }
}
