import { hash, verify } from '@node-rs/argon2'
import { AppError, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { newId } from '../../ids.ts'

/** OWASP password storage cheat sheet: Argon2id with 19 MiB, 2 passes, 1 lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2)

export const isPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password)

/** Throws WRONG_CREDENTIALS unless this is the account's password; one without a password has none that fits. */
export async function requirePassword(db: Db, userId: UserId, password: string): Promise<void> {
  const stored = await findPassword(db, userId)
  if (!stored || !(await isPassword(stored, password))) {
    throw new AppError('WRONG_CREDENTIALS', 'The password is wrong.')
  }
}

export async function findPassword(db: Db, userId: UserId): Promise<string | null> {
  const row = await db
    .selectFrom('auth_accounts')
    .select('password')
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .executeTakeFirst()
  return row?.password ?? null
}

/** Also for an account that had none so far. */
export async function storePassword(trx: Db, userId: UserId, hashed: string): Promise<void> {
  const changed = await trx
    .updateTable('auth_accounts')
    .set({ password: hashed, updatedAt: sql`now()` })
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .returning('id')
    .executeTakeFirst()
  if (changed) return
  await trx
    .insertInto('auth_accounts')
    .values({
      id: newId<string>(),
      accountId: userId,
      providerId: 'credential',
      userId,
      password: hashed,
      updatedAt: new Date(),
    })
    .execute()
}
