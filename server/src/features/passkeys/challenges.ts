import { randomBytes } from 'node:crypto'
import { AppError } from '@vesalius/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import type { PasskeyChallengesTable } from '../../db/tables/accounts.ts'
import { hashSecret } from '../accounts/hash-secret.ts'

const MINUTES = 10
export const CHALLENGE_MS = MINUTES * 60_000

/** What the challenge is for, and who alone may answer it: a browser by its secret, or a session by its id. */
export interface Asked {
  purpose: PasskeyChallengesTable['purpose']
  holder: string
}

/** 256 random bits, of which a hash is kept for ten minutes. */
export async function makeChallenge(db: Db, { purpose, holder }: Asked): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(randomBytes(32))
  await db.deleteFrom('passkey_challenges').where('expires_at', '<', sql<Date>`now()`).execute()
  await db
    .insertInto('passkey_challenges')
    .values({
      challenge_hash: hashSecret(Buffer.from(challenge).toString('base64url')),
      purpose,
      holder_hash: hashSecret(holder),
      expires_at: sql<Date>`now() + make_interval(mins => ${MINUTES})`,
    })
    .execute()
  return challenge
}

const ClientData = z.object({ challenge: z.string().max(200) })

/** Uses up the challenge that an answer names. Throws PASSKEY_REFUSED where it is none of this purpose and holder, or too old. */
export async function takeChallenge(db: Db, { purpose, holder }: Asked, clientDataJson: string): Promise<string> {
  const challenge = readChallenge(clientDataJson)
  const taken = await db
    .deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', hashSecret(challenge))
    .where('purpose', '=', purpose)
    .where('holder_hash', '=', hashSecret(holder))
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('challenge_hash')
    .executeTakeFirst()
  if (!taken) throw refused()
  return challenge
}

export function refused(cause?: unknown): AppError {
  return new AppError('PASSKEY_REFUSED', 'This passkey was not accepted. Try again.', {}, { cause })
}

function readChallenge(clientDataJson: string): string {
  try {
    return ClientData.parse(JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'))).challenge
  } catch (cause) {
    throw refused(cause)
  }
}
