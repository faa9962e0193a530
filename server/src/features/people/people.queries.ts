import { AppError, type Person, type UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import { escapePattern } from '../images/images.queries.ts'

const MAXIMUM_FOUND = 10

/** People whose user name begins like this, without `exceptId`. */
export async function findPeople(db: Db, beginning: string, exceptId: UserId): Promise<Person[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'username'])
    .where('username', 'like', `${escapePattern(beginning.toLowerCase())}%`)
    .where('id', '<>', exceptId)
    .orderBy('username')
    .limit(MAXIMUM_FOUND)
    .execute()
  return rows.flatMap(({ id, username }) => (username ? [{ id, username }] : []))
}

/** User names by id; whoever is gone is missing. */
export async function nameOf(db: Db, ids: readonly UserId[]): Promise<Map<UserId, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('users').select(['id', 'name', 'username']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name, username }) => [id, username ?? name]))
}

/** Throws NOT_FOUND when there is no such person. */
export async function requirePerson(db: Db, userId: UserId): Promise<void> {
  const person = await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst()
  if (!person) throw new AppError('NOT_FOUND', 'There is no such person.')
}
