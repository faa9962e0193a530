import { createHash, randomInt } from 'node:crypto'
import { AppError, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import { refuseWithoutSecondFactor } from '../rules/rules.service.ts'
import { seal, unseal } from './sealed.ts'
import { matchTotp, newTotpSecret, totpUri } from './totp.ts'

type Parts = Pick<Context, 'db' | 'sealKey'>
const RECOVERY_CODES = 10
/** Without letters that look alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

export async function findSecondFactor(db: Db, userId: UserId) {
  return db.selectFrom('second_factors').selectAll().where('user_id', '=', userId).executeTakeFirst()
}

/** Nothing is asked for yet. Throws CONFLICT where a second factor is in force. */
export async function beginSecondFactor({ db, sealKey }: Parts, user: { id: UserId; name: string }) {
  const secret = newTotpSecret()
  const known = await findSecondFactor(db, user.id)
  if (known?.confirmed_at) throw new AppError('CONFLICT', 'A second factor is in force. End it first.')
  const sealed_secret = seal(sealKey, secret)
  await db
    .insertInto('second_factors')
    .values({ user_id: user.id, sealed_secret, confirmed_at: null })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ sealed_secret, last_step: 0 }))
    .execute()
  return { secret, uri: totpUri(secret, user.name) }
}

/** In force from now on. Answers the recovery codes, of which only hashes are kept. */
export async function confirmSecondFactor({ db, sealKey }: Parts, userId: UserId, code: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
  await db.transaction().execute(async (trx) => {
    const factor = await lockFactor(trx, userId)
    if (!factor || factor.confirmed_at) throw new AppError('CONFLICT', 'There is nothing to confirm.')
    const step = matchTotp(unseal(sealKey, factor.sealed_secret), code, { lastStep: factor.last_step, now: Date.now() })
    if (step === null) throw new AppError('WRONG_CREDENTIALS', 'The code is wrong. Is the clock of your phone right?')
    await trx
      .updateTable('second_factors')
      .set({ confirmed_at: sql`now()`, last_step: step, recovery_hashes: json(codes.map(hashCode)) })
      .where('user_id', '=', userId)
      .execute()
  })
  return codes
}

/** Throws SECOND_FACTOR_REQUIRED where a rule asks for one and no other is left. */
export async function endSecondFactor(db: Db, userId: UserId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('second_factors').where('user_id', '=', userId).execute()
    await refuseWithoutSecondFactor(trx, userId)
  })
}

/** Whether a code is asked for, and this one fits; a code of the app or a recovery code works once. */
export async function passSecondFactor(
  { db, sealKey }: Parts,
  userId: UserId,
  code: string | undefined,
): Promise<'passed' | 'missing' | 'wrong'> {
  return db.transaction().execute(async (trx) => {
    const factor = await lockFactor(trx, userId)
    if (!factor?.confirmed_at) return 'passed'
    if (!code) return 'missing'
    const step = matchTotp(unseal(sealKey, factor.sealed_secret), code, { lastStep: factor.last_step, now: Date.now() })
    const left = factor.recovery_hashes.filter((hashed) => hashed !== hashCode(code))
    if (step === null && left.length === factor.recovery_hashes.length) return 'wrong'
    await trx
      .updateTable('second_factors')
      .set(step === null ? { recovery_hashes: json(left) } : { last_step: step })
      .where('user_id', '=', userId)
      .execute()
    return 'passed'
  })
}

function lockFactor(trx: Db, userId: UserId) {
  return trx.selectFrom('second_factors').selectAll().where('user_id', '=', userId).forUpdate().executeTakeFirst()
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)])
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].map((part) => part.join('')).join('-')
}

const hashCode = (code: string) => createHash('sha256').update(code.trim().toLowerCase()).digest('hex')
