import { randomBytes } from 'node:crypto'
import type { UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { hashSecret } from '../accounts/hash-secret.ts'
import { seal, unseal } from '../accounts/sealed.ts'

type Parts = Pick<Context, 'db' | 'sealKey'>

/** Somebody on the way to a service and back, for ten minutes. */
export interface Journey {
  provider: string
  /** Who links the account there to their own; null: who signs in. */
  userId: UserId | null
  returnTo: string
}

export interface JourneySecrets {
  state: string
  /** Kept by the browser alone, so that nobody can be sent on somebody else's way. */
  browser: string
  verifier: string
  nonce: string
}

const MINUTES = 10
export const JOURNEY_SECONDS = MINUTES * 60

/** Keeps hashes of what must come back, and sealed what must not be seen before. */
export async function beginJourney({ db, sealKey }: Parts, journey: Journey): Promise<JourneySecrets> {
  const [state, browser, verifier, nonce] = [random(), random(), random(), random()]
  await db.deleteFrom('provider_sign_ins').where('expires_at', '<', sql<Date>`now()`).execute()
  await db
    .insertInto('provider_sign_ins')
    .values({
      state_hash: hashSecret(state),
      provider: journey.provider,
      browser_hash: hashSecret(browser),
      sealed: seal(sealKey, JSON.stringify({ verifier, nonce })),
      user_id: journey.userId,
      return_to: journey.returnTo,
      expires_at: sql<Date>`now() + make_interval(mins => ${MINUTES})`,
    })
    .execute()
  return { state, browser, verifier, nonce }
}

/** Takes the journey that ends here; null when there is none of this state, browser and service, or it took too long. */
export async function endJourney(
  { db, sealKey }: Parts,
  { provider, state, browser }: { provider: string; state: string; browser: string },
): Promise<(Journey & Pick<JourneySecrets, 'verifier' | 'nonce'>) | null> {
  const row = await db
    .deleteFrom('provider_sign_ins')
    .where('state_hash', '=', hashSecret(state))
    .where('browser_hash', '=', hashSecret(browser))
    .where('provider', '=', provider)
    .where('expires_at', '>', sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst()
  if (!row) return null
  const { verifier, nonce } = JSON.parse(unseal(sealKey, row.sealed)) as { verifier: string; nonce: string }
  return { provider, userId: row.user_id, returnTo: row.return_to, verifier, nonce }
}

const random = () => randomBytes(32).toString('base64url')
