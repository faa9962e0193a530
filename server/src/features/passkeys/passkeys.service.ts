import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import {
  AppError,
  type Passkey,
  type PasskeyAnswer,
  type PasskeyCreation,
  PasskeyCreationOptions,
  type PasskeyId,
  PasskeyRequestOptions,
  type UserId,
} from '@vesalius/contracts'
import { type Selectable, sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { PasskeysTable } from '../../db/tables/accounts.ts'
import { newId } from '../../ids.ts'
import { refuseWithoutSecondFactor } from '../rules/rules.service.ts'
import { type Asked, CHALLENGE_MS, makeChallenge, refused, takeChallenge } from './challenges.ts'
import type { RelyingParty } from './relying-party.ts'

type Parts = Pick<Context, 'db' | 'log'>
const MAXIMUM_PASSKEYS = 20
/** EdDSA, ES256 and RS256, by their numbers in COSE: what authenticators have. */
const ALGORITHMS = [-8, -7, -257]

export async function listPasskeys(db: Db, userId: UserId): Promise<Passkey[]> {
  return (await findPasskeys(db, userId)).map(presentPasskey)
}

/** Any passkey of whoever holds the browser, or one of the given account. */
export async function askForPasskey(
  db: Db,
  party: RelyingParty,
  asked: Asked,
  userId?: UserId,
): Promise<PasskeyRequestOptions> {
  const known = userId ? await findPasskeys(db, userId) : []
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: await makeChallenge(db, asked),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
    allowCredentials: known.map(describe),
  })
  return PasskeyRequestOptions.parse(options)
}

/**
 * Whose passkey answered. Throws PASSKEY_REFUSED for a challenge that is not this holder's, another site, a person who was not
 * verified by their device, a wrong signature, and a counter that did not grow: then there may be two of the passkey.
 */
export async function checkPasskey(
  { db, log }: Parts,
  party: RelyingParty,
  asked: Asked,
  answer: PasskeyAnswer,
): Promise<UserId> {
  const expectedChallenge = await takeChallenge(db, asked, answer.response.clientDataJSON)
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('passkeys')
      .selectAll()
      .where('credential_id', '=', answer.id)
      .forUpdate()
      .executeTakeFirst()
    const { userHandle } = answer.response
    if (!row || (userHandle && userHandle !== handleOf(row.user_id).toString('base64url'))) throw refused()
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: {
        id: row.credential_id,
        publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
        counter: row.sign_count,
      },
    }).catch((cause) => {
      log.warn({ err: cause, passkeyId: row.id }, 'a passkey was refused')
      throw refused(cause)
    })
    if (!verified) throw refused()
    await trx
      .updateTable('passkeys')
      .set({ sign_count: authenticationInfo.newCounter, last_used_at: sql<Date>`now()` })
      .where('id', '=', row.id)
      .execute()
    return row.user_id
  })
}

export async function beginPasskey(
  db: Db,
  party: RelyingParty,
  asked: Asked,
  user: { id: UserId; name: string; email: string },
): Promise<PasskeyCreationOptions> {
  const known = await findPasskeys(db, user.id)
  if (known.length >= MAXIMUM_PASSKEYS) {
    throw new AppError('CONFLICT', `An account has at most ${MAXIMUM_PASSKEYS} passkeys.`)
  }
  const options = await generateRegistrationOptions({
    rpName: 'Vesalius',
    rpID: party.id,
    userID: new Uint8Array(handleOf(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    challenge: await makeChallenge(db, asked),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(describe),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return PasskeyCreationOptions.parse(options)
}

/** Throws PASSKEY_REFUSED as `checkPasskey` does, and CONFLICT for a passkey that is kept already. */
export async function addPasskey(
  { db, log }: Parts,
  party: RelyingParty,
  asked: Asked,
  userId: UserId,
  { name, creation }: { name: string; creation: PasskeyCreation },
): Promise<Passkey> {
  const expectedChallenge = await takeChallenge(db, asked, creation.response.clientDataJSON)
  const { clientDataJSON, attestationObject, transports = [] } = creation.response
  const { registrationInfo } = await verifyRegistrationResponse({
    response: { ...creation, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
  }).catch((cause) => {
    log.warn({ err: cause }, 'a new passkey was refused')
    throw refused(cause)
  })
  if (!registrationInfo) throw refused()
  const { credential, credentialBackedUp } = registrationInfo
  const row = await db
    .insertInto('passkeys')
    .values({
      id: newId<PasskeyId>(),
      user_id: userId,
      name,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      sign_count: credential.counter,
      transports,
      is_synced: credentialBackedUp,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new AppError('CONFLICT', 'This passkey is kept already.')
  return presentPasskey(row)
}

export async function renamePasskey(db: Db, userId: UserId, id: PasskeyId, name: string): Promise<Passkey> {
  const row = await db
    .updateTable('passkeys')
    .set({ name })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw noPasskey()
  return presentPasskey(row)
}

/** Throws SECOND_FACTOR_REQUIRED where a rule asks for one and no other is left, LAST_WAY_IN where nothing else would be left to sign in with. */
export async function removePasskey(db: Db, userId: UserId, id: PasskeyId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const ways = await lockWaysIn(trx, userId)
    const removed = await trx
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returning('id')
      .executeTakeFirst()
    if (!removed) throw noPasskey()
    await refuseWithoutSecondFactor(trx, userId)
    if (ways === 1)
      throw new AppError('LAST_WAY_IN', 'Nothing else would be left to sign in with. Set a password first.')
  })
}

/** How many ways in an account has: its password, accounts elsewhere, passkeys. None goes until the transaction ends. */
export async function lockWaysIn(trx: Db, userId: UserId): Promise<number> {
  await trx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
  const { rows } = await sql<{ ways: number }>`SELECT
    (SELECT count(*) FROM auth_accounts WHERE "userId" = ${userId})
    + (SELECT count(*) FROM passkeys WHERE user_id = ${userId}) AS ways`.execute(trx)
  return rows[0]?.ways ?? 0
}

function findPasskeys(db: Db, userId: UserId) {
  return db.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('created_at').execute()
}

/** What an authenticator keeps of the account: its id, which says nothing about the person. */
const handleOf = (userId: UserId) => Buffer.from(userId, 'utf8')

const describe = ({ credential_id: id, transports }: Selectable<PasskeysTable>) => ({ id, transports })

const noPasskey = () => new AppError('NOT_FOUND', 'There is no such passkey.')

function presentPasskey(row: Selectable<PasskeysTable>): Passkey {
  return {
    id: row.id,
    name: row.name,
    isSynced: row.is_synced,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
