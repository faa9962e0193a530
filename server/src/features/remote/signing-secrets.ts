import type { SealedSecret } from '../../db/tables/remote.ts'
import { seal, unseal } from '../accounts/sealed.ts'
import { makeSecret } from './webhook-signature.ts'

/** Secrets of signatures as they are kept: sealed, newest first, and changed without a gap. */

/** How long the secret before stays valid after a new one was made. */
const ROTATION_HOURS = 24
/** Two are valid at once; making a third ends the oldest. */
const MOST_SECRETS = 2

/** Makes a secret beside those that are valid; the one before ends a day later. */
export function addSecret(
  sealKey: string,
  before: readonly SealedSecret[],
  now: Date,
): { secret: string; secrets: SealedSecret[] } {
  const secret = makeSecret()
  const made = { sealed: seal(sealKey, secret), hint: hintOf(secret), createdAt: now.toISOString(), expiresAt: null }
  const ends = new Date(now.getTime() + ROTATION_HOURS * 3_600_000).toISOString()
  const kept = before.filter((known) => isValid(known, now)).slice(0, MOST_SECRETS - 1)
  return { secret, secrets: [made, ...kept.map((known) => ({ ...known, expiresAt: known.expiresAt ?? ends }))] }
}

/** Every one that is valid, newest first. */
export function openSecrets(sealKey: string, secrets: readonly SealedSecret[], now = new Date()): string[] {
  return secrets.filter((known) => isValid(known, now)).map(({ sealed }) => unseal(sealKey, sealed))
}

export function presentSecrets(secrets: readonly SealedSecret[], now = new Date()) {
  return secrets
    .filter((known) => isValid(known, now))
    .map(({ hint, createdAt, expiresAt }) => ({ hint, createdAt, expiresAt }))
}

const isValid = ({ expiresAt }: SealedSecret, now: Date) => expiresAt === null || new Date(expiresAt) > now
/** Enough to tell two apart, too little to guess the rest. */
const hintOf = (secret: string) => `…${secret.replace(/=+$/, '').slice(-4)}`
