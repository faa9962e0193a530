import {
  AppError,
  type InstallationRules,
  type OrganisationId,
  type Quota,
  type SecondFactorRule,
  type UserId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'

export async function findRules(db: Db): Promise<InstallationRules> {
  const row = await db.selectFrom('installation_rules').selectAll().executeTakeFirstOrThrow()
  return {
    secondFactor: presentSecondFactorRule(row),
    quotas: {
      person: { storageBytes: row.person_storage_bytes, activeRuns: row.person_active_runs },
      organisation: { storageBytes: row.organisation_storage_bytes, activeRuns: row.organisation_active_runs },
    },
  }
}

export function presentSecondFactorRule(row: {
  second_factor_days: number | null
  second_factor_since: Date | null
}): SecondFactorRule | null {
  const { second_factor_days: graceDays, second_factor_since: since } = row
  return graceDays === null || since === null ? null : { graceDays, since: since.toISOString() }
}

/** The grace goes on from when the rule began, also when its days are changed. */
export function secondFactorColumns(graceDays: number | null) {
  return {
    second_factor_days: graceDays,
    second_factor_since: graceDays === null ? null : sql<Date>`coalesce(second_factor_since, now())`,
  }
}

export async function putSecondFactorRule(db: Db, graceDays: number | null): Promise<InstallationRules> {
  await db.updateTable('installation_rules').set(secondFactorColumns(graceDays)).execute()
  return findRules(db)
}

export async function putDefaultQuotas(
  db: Db,
  { person, organisation }: { person: Quota; organisation: Quota },
): Promise<InstallationRules> {
  await db
    .updateTable('installation_rules')
    .set({
      person_storage_bytes: person.storageBytes,
      person_active_runs: person.activeRuns,
      organisation_storage_bytes: organisation.storageBytes,
      organisation_active_runs: organisation.activeRuns,
    })
    .execute()
  return findRules(db)
}

export async function putOrganisationRule(db: Db, id: OrganisationId, graceDays: number | null): Promise<void> {
  await db
    .updateTable('organisations')
    .set({ ...secondFactorColumns(graceDays), updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** What somebody has besides a password, and from when on they have to. */
export interface SecondFactorDuty {
  /** Null where neither the installation nor an organisation of theirs asks, and for who signs in elsewhere only. */
  dueAt: Date | null
  hasApp: boolean
  passkeys: number
}

/**
 * Asked of whoever enters a password here, ours or the directory's: another service asks for what it wants. The grace begins with
 * the rule, the account or the membership, whichever is newest.
 */
export async function findSecondFactorDuty(db: Db, userId: UserId): Promise<SecondFactorDuty> {
  const { rows } = await sql<SecondFactorDuty>`SELECT
    (SELECT min(asked.due_at) FROM (
      SELECT greatest(r.second_factor_since, u."createdAt") + make_interval(days => r.second_factor_days) AS due_at
      FROM installation_rules r, users u WHERE u.id = ${userId} AND r.second_factor_days IS NOT NULL
      UNION ALL
      SELECT greatest(o.second_factor_since, m.created_at) + make_interval(days => o.second_factor_days)
      FROM organisation_members m JOIN organisations o ON o.id = m.organisation_id
      WHERE m.user_id = ${userId} AND o.second_factor_days IS NOT NULL
    ) AS asked WHERE EXISTS (SELECT FROM auth_accounts WHERE "userId" = ${userId}
      AND "providerId" IN ('credential', 'provider:directory'))) AS "dueAt",
    EXISTS (SELECT FROM second_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL) AS "hasApp",
    (SELECT count(*) FROM passkeys WHERE user_id = ${userId}) AS passkeys`.execute(db)
  const [duty] = rows
  if (!duty) throw new Error('a question without tables has an answer')
  return duty
}

/** When somebody who has no second factor must have one; null where nothing is due. */
export async function findSecondFactorDueAt(db: Db, userId: UserId): Promise<Date | null> {
  const { dueAt, hasApp, passkeys } = await findSecondFactorDuty(db, userId)
  return hasApp || passkeys > 0 ? null : dueAt
}

export async function isUnsecured(db: Db, userId: UserId, now = new Date()): Promise<boolean> {
  const dueAt = await findSecondFactorDueAt(db, userId)
  return dueAt !== null && dueAt <= now
}

/** Throws SECOND_FACTOR_REQUIRED where a rule asks for a second factor and none would be left. */
export async function refuseWithoutSecondFactor(trx: Db, userId: UserId): Promise<void> {
  const { dueAt, hasApp, passkeys } = await findSecondFactorDuty(trx, userId)
  if (dueAt === null || hasApp || passkeys > 0) return
  throw new AppError('SECOND_FACTOR_REQUIRED', 'A second factor is asked of you here. Set up another one first.')
}

/**
 * Throws PASSKEY_REQUIRED for a password of somebody who has to have a second factor and has passkeys, but no app that tells
 * codes: the password alone would be one factor.
 */
export async function refusePasswordAlone(db: Db, userId: UserId): Promise<void> {
  const { dueAt, hasApp, passkeys } = await findSecondFactorDuty(db, userId)
  if (dueAt === null || hasApp || passkeys === 0) return
  throw new AppError('PASSKEY_REQUIRED', 'A second factor is asked of you here: sign in with your passkey.')
}
