import { type Account, AppError, type SetQuota, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { endSessions, mailRecovery } from '../accounts/recovery.ts'
import { storedLimit } from '../quotas/quota.ts'
import { type AccountFilter, findAccounts } from './accounts.queries.ts'
import { lockAdministration } from './lock-administration.ts'

/** One page. Throws VALIDATION_FAILED for a cursor of another list. */
export async function listAccounts(
  db: Db,
  {
    cursor,
    limit,
    ...filter
  }: Pick<AccountFilter, 'search' | 'state'> & { cursor?: string | undefined; limit: number },
) {
  if (cursor !== undefined && !/^[0-9a-f-]{36}$/.test(cursor)) {
    throw new AppError('VALIDATION_FAILED', 'The cursor is none of this list.')
  }
  const found = await findAccounts(db, { ...filter, after: cursor as UserId | undefined, limit: limit + 1 })
  const items = found.slice(0, limit)
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/**
 * Nobody freezes or demotes themselves, so at least one administrator is left. What a frozen account owns stays as it is;
 * its sessions end, its tokens and the jobs it asked for do nothing until it is unfrozen.
 */
export async function changeAccount(
  db: Db,
  byId: UserId,
  userId: UserId,
  change: { isFrozen?: boolean | undefined; role?: 'administrator' | 'user' | undefined },
): Promise<Account> {
  if (userId === byId) throw new AppError('CONFLICT', 'Ask another administrator: this is your own account.')
  await db.transaction().execute(async (trx) => {
    // Of two administrators who freeze each other one waits here, and is frozen when their turn comes.
    await lockAdministration(trx)
    const actor = await trx.selectFrom('users').select(['role', 'frozenAt']).where('id', '=', byId).executeTakeFirst()
    if (actor?.role !== 'administrator' || actor.frozenAt) throw noAccount()
    const { isFrozen, role } = change
    const changed = await trx
      .updateTable('users')
      .set({
        updatedAt: sql`now()`,
        ...(isFrozen === undefined ? {} : { frozenAt: isFrozen ? sql<Date>`coalesce("frozenAt", now())` : null }),
        ...(role === undefined ? {} : { role }),
      })
      .where('id', '=', userId)
      .where('deletedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!changed) throw noAccount()
    if (isFrozen) {
      await endSessions(trx, userId, null)
      await trx.deleteFrom('mailed_secrets').where('user_id', '=', userId).execute()
    }
  })
  return requireAccount(db, userId)
}

export async function setAccountQuota(db: Db, userId: UserId, quota: SetQuota): Promise<Account> {
  await db
    .updateTable('users')
    .set({
      quota_storage_bytes: storedLimit(quota.storageBytes),
      quota_active_runs: storedLimit(quota.activeRuns),
      updatedAt: sql`now()`,
    })
    .where('id', '=', userId)
    .where('deletedAt', 'is', null)
    .execute()
  return requireAccount(db, userId)
}

/** For somebody who lost phone and keys. Whoever has their session meanwhile has it no more. */
export async function resetSecondFactor(db: Db, userId: UserId): Promise<void> {
  await requireAccount(db, userId)
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('second_factors').where('user_id', '=', userId).execute()
    await trx.deleteFrom('passkeys').where('user_id', '=', userId).execute()
    await endSessions(trx, userId, null)
  })
}

export async function sendReset(parts: Pick<Context, 'db' | 'jobs' | 'config'>, userId: UserId): Promise<void> {
  await parts.db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom('users')
      .select(['id', 'username', 'email', 'frozenAt'])
      .where('id', '=', userId)
      .executeTakeFirst()
    if (!user) throw noAccount()
    if (user.frozenAt) throw new AppError('ACCOUNT_FROZEN', 'This account is frozen. Unfreeze it first.')
    await mailRecovery(trx, parts, user)
  })
}

export async function endAllSessions(db: Db, userId: UserId): Promise<void> {
  await requireAccount(db, userId)
  await endSessions(db, userId, null)
}

async function requireAccount(db: Db, userId: UserId): Promise<Account> {
  const [account] = await findAccounts(db, { userId, limit: 1 })
  if (!account) throw noAccount()
  return account
}

function noAccount(): AppError {
  return new AppError('NOT_FOUND', 'There is no such account.')
}
