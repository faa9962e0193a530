import type { Account, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { presentUser } from '../accounts/accounts.ts'
import { escapePattern } from '../images/images.queries.ts'
import { presentLimit } from '../quotas/quota.ts'

export interface AccountFilter {
  search?: string | undefined
  state?: 'active' | 'frozen' | 'administrator' | undefined
  /** Only those made before this one. */
  after?: UserId | undefined
  userId?: UserId | undefined
  limit: number
}

/** The newest first: ids sort by time. */
export async function findAccounts(db: Db, filter: AccountFilter): Promise<Account[]> {
  let query = db
    .selectFrom('users')
    .selectAll()
    .select((select) => [
      select
        .selectFrom('auth_sessions')
        .whereRef('userId', '=', 'users.id')
        .where('expiresAt', '>', sql<Date>`now()`)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('sessions'),
      select
        .selectFrom('auth_sessions')
        .whereRef('userId', '=', 'users.id')
        .select(({ fn }) => fn.max('updatedAt').as('at'))
        .as('sessionAt'),
      select
        .selectFrom('api_tokens')
        .whereRef('user_id', '=', 'users.id')
        .select(({ fn }) => fn.max('last_used_at').as('at'))
        .as('tokenAt'),
      select
        .selectFrom('projects')
        .whereRef('owner_id', '=', 'users.id')
        .where('organisation_id', 'is', null)
        .where('deleted_at', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('projects'),
      select
        .selectFrom('second_factors')
        .whereRef('user_id', '=', 'users.id')
        .select('confirmed_at')
        .as('secondFactorAt'),
      select
        .selectFrom('passkeys')
        .whereRef('user_id', '=', 'users.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('passkeys'),
    ])
    .where('deletedAt', 'is', null)
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.userId) query = query.where('id', '=', filter.userId)
  if (filter.after) query = query.where('id', '<', filter.after)
  if (filter.state === 'frozen') query = query.where('frozenAt', 'is not', null)
  if (filter.state === 'active') query = query.where('frozenAt', 'is', null)
  if (filter.state === 'administrator') query = query.where('role', '=', 'administrator')
  if (filter.search) {
    const pattern = `%${escapePattern(filter.search)}%`
    query = query.where((where) =>
      where.or([
        where('username', 'ilike', pattern),
        where('email', 'ilike', pattern),
        where('name', 'ilike', pattern),
      ]),
    )
  }
  const rows = await query.execute()
  return rows.map((row) => {
    const seen = [row.sessionAt, row.tokenAt].filter((at): at is Date => at !== null).map((at) => at.getTime())
    return {
      ...presentUser(row),
      isEmailConfirmed: row.emailVerified,
      hasSecondFactor: row.secondFactorAt !== null,
      passkeys: row.passkeys ?? 0,
      quota: {
        storageBytes: presentLimit(row.quota_storage_bytes),
        activeRuns: presentLimit(row.quota_active_runs),
      },
      frozenAt: row.frozenAt?.toISOString() ?? null,
      lastSeenAt: seen.length > 0 ? new Date(Math.max(...seen)).toISOString() : null,
      sessions: row.sessions ?? 0,
      projects: row.projects ?? 0,
    }
  })
}
