import type { UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findPlaces } from '../organisations/memberships.ts'

/** Somebody for whom a job acts, with the rights they have now; null when the account is gone or frozen. */
export async function findActingUser(db: Db, userId: UserId): Promise<SignedIn | null> {
  const user = await db
    .selectFrom('users')
    .select(['id', 'role'])
    .where('id', '=', userId)
    .where('frozenAt', 'is', null)
    .executeTakeFirst()
  return user ? { ...user, ...(await findPlaces(db, userId)), by: 'job' } : null
}
