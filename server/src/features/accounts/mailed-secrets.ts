import { randomBytes } from 'node:crypto'
import { AppError, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { hashSecret } from './hash-secret.ts'

export type Purpose = 'password' | 'email'

/** A secret for one use within 30 minutes, of which the database keeps the SHA-256; an earlier one stops working. */
export async function makeSecret(
  trx: Db,
  { userId, purpose, email }: { userId: UserId; purpose: Purpose; email: string },
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await trx.deleteFrom('mailed_secrets').where('user_id', '=', userId).where('purpose', '=', purpose).execute()
  await trx
    .insertInto('mailed_secrets')
    .values({
      secret_hash: hashSecret(secret),
      user_id: userId,
      purpose,
      email,
      expires_at: sql<Date>`now() + interval '30 minutes'`,
    })
    .execute()
  return secret
}

/** Uses it up. Throws NOT_FOUND for a secret that was used, ran out, or never was. */
export async function useSecret(trx: Db, purpose: Purpose, secret: string): Promise<{ userId: UserId; email: string }> {
  const row = await trx
    .deleteFrom('mailed_secrets')
    .where('secret_hash', '=', hashSecret(secret))
    .where('purpose', '=', purpose)
    .returning(['user_id', 'email', 'expires_at'])
    .executeTakeFirst()
  if (!row || row.expires_at < new Date()) {
    throw new AppError('NOT_FOUND', 'This link was used already or is too old. Ask for a new one.')
  }
  return { userId: row.user_id, email: row.email }
}
