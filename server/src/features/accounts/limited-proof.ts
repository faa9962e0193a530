import { AppError, type UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import { AttemptLimit } from '../../http/attempt-limit.ts'

const FIFTEEN_MINUTES = 15 * 60_000

/** A stolen session does not allow to guess the password or a code of its account without end: `prove` has ten tries. */
export async function limitedProof<Result>(db: Db, userId: UserId, prove: () => Promise<Result>): Promise<Result> {
  const proofs = new AttemptLimit(db, 'proof of an account', { limit: 10, windowMs: FIFTEEN_MINUTES })
  await proofs.take(userId)
  try {
    const result = await prove()
    await proofs.giveBack(userId)
    return result
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'WRONG_CREDENTIALS')) await proofs.giveBack(userId)
    throw error
  }
}
