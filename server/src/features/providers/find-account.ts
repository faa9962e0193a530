import { createHash } from 'node:crypto'
import { AppError, type UserId, Username } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import { newId } from '../../ids.ts'
import { claimAdministration } from '../accounts/accounts.service.ts'
import type { Identity } from './identity.ts'
import { DIRECTORY_ID, type ProviderSettings } from './provider-settings.ts'

/** How the rows of a service are named among the ways to sign in. */
export const providerKey = (id: string): string => `provider:${id}`

/**
 * The account of somebody who comes from a service. Known by the service's subject alone. Somebody new is the owner of an
 * account with the same mail address only if both sides saw the address to be theirs; otherwise whoever writes down
 * another's address here or there would get into their account. Throws SIGN_IN_TO_LINK, ACCOUNT_UNKNOWN.
 */
export async function findOrMakeAccount(
  trx: Db,
  settings: Pick<ProviderSettings, 'id' | 'registers'>,
  identity: Identity,
): Promise<{ userId: UserId; isNew: boolean }> {
  const known = await findLinked(trx, settings.id, identity.subject)
  if (known) return { userId: known, isNew: false }
  const email = identity.email
  const owner = email
    ? await trx.selectFrom('users').select(['id', 'emailVerified']).where('email', '=', email).executeTakeFirst()
    : undefined
  if (owner && !(owner.emailVerified && identity.isEmailVerified)) {
    throw new AppError(
      'SIGN_IN_TO_LINK',
      'There is an account with this mail address. Sign in to it, then link this one.',
    )
  }
  if (!owner && !settings.registers) {
    throw new AppError('ACCOUNT_UNKNOWN', 'There is no account here for this sign-in. Ask the administrator.')
  }
  const userId = owner?.id ?? (await makeAccount(trx, settings, identity))
  await insertLink(trx, settings.id, identity.subject, userId)
  return { userId, isNew: !owner }
}

/** Links an account elsewhere to the account of whoever is signed in. Throws IDENTITY_TAKEN. */
export async function linkAccount(
  trx: Db,
  settings: ProviderSettings,
  identity: Identity,
  userId: UserId,
): Promise<void> {
  const known = await findLinked(trx, settings.id, identity.subject)
  if (known === userId) return
  if (known) throw new AppError('IDENTITY_TAKEN', 'This account elsewhere signs somebody else in here.')
  await insertLink(trx, settings.id, identity.subject, userId)
}

/** Whether the directory knows the person behind an account. */
export async function isOfDirectory(db: Db, userId: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('auth_accounts')
    .select('id')
    .where('userId', '=', userId)
    .where('providerId', '=', providerKey(DIRECTORY_ID))
    .executeTakeFirst()
  return row !== undefined
}

async function findLinked(trx: Db, provider: string, subject: string): Promise<UserId | null> {
  const row = await trx
    .selectFrom('auth_accounts')
    .select('userId')
    .where('providerId', '=', providerKey(provider))
    .where('accountId', '=', subject)
    .executeTakeFirst()
  return row?.userId ?? null
}

async function insertLink(trx: Db, provider: string, accountId: string, userId: UserId): Promise<void> {
  await trx
    .insertInto('auth_accounts')
    .values({
      id: newId(),
      accountId,
      providerId: providerKey(provider),
      userId,
      password: null,
      updatedAt: new Date(),
    })
    .execute()
}

/** An address nobody saw to be theirs would keep its owner from using it here, so it is not taken over. */
async function makeAccount(trx: Db, { id }: Pick<ProviderSettings, 'id'>, identity: Identity): Promise<UserId> {
  const userId = newId<UserId>()
  const username = await freeName(trx, identity)
  const email = identity.isEmailVerified ? identity.email : null
  await trx
    .insertInto('users')
    .values({
      ...{
        id: userId,
        name: username,
        username: username.toLowerCase(),
        displayUsername: username,
        role: 'user',
        image: null,
      },
      email: email ?? `${shortHash(identity.subject)}@${id}.invalid`,
      emailVerified: email !== null,
    })
    .execute()
  await claimAdministration(trx, userId)
  return userId
}

const MOST_TRIES = 50

/** The name they have there, made to fit here and told apart by a number. */
async function freeName(trx: Db, { name, email, subject }: Identity): Promise<string> {
  const wanted = [name, email?.split('@')[0], `user-${shortHash(subject)}`]
    .map((text) =>
      (text ?? '')
        .normalize('NFKC')
        .replace(/[^\p{L}\p{N}._-]+/gu, '-')
        .slice(0, 32),
    )
    .find((text) => Username.safeParse(text).success)
  for (let number = 1; number <= MOST_TRIES; number += 1) {
    const candidate = number === 1 ? `${wanted}` : `${wanted}-${number}`
    const taken = await trx
      .selectFrom('users')
      .select('id')
      .where('username', '=', candidate.toLowerCase())
      .executeTakeFirst()
    if (!taken) return candidate
  }
  return `user-${shortHash(`${subject} ${Date.now()}`)}`
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
