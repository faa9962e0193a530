import { randomBytes } from 'node:crypto'
import type { ApiToken, TokenId, TokenScope, UserId } from '@vesalius/contracts'
import { AppError } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ApiTokensTable } from '../../db/tables/accounts.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { hashSecret } from '../accounts/hash-secret.ts'
import { findPlaces } from '../organisations/memberships.ts'
import { isUnsecured } from '../rules/rules.service.ts'

const PREFIX = 'vsl_'
const DAY = 86_400_000
const MAXIMUM_TOKENS = 100

/** Makes a token of 256 random bits; only its SHA-256 is kept. */
export async function createToken(
  db: Db,
  userId: UserId,
  input: { name: string; scopes: TokenScope[]; expiresInDays: number | null },
): Promise<{ token: ApiToken; secret: string }> {
  const existing = await listTokens(db, userId)
  if (existing.length >= MAXIMUM_TOKENS)
    throw new AppError('CONFLICT', `An account has at most ${MAXIMUM_TOKENS} tokens.`)
  const secret = PREFIX + randomBytes(32).toString('base64url')
  const row = await db
    .insertInto('api_tokens')
    .values({
      id: newId<TokenId>(),
      user_id: userId,
      name: input.name,
      secret_hash: hashSecret(secret),
      scopes: [...new Set(input.scopes)],
      expires_at: input.expiresInDays === null ? null : new Date(Date.now() + input.expiresInDays * DAY),
      last_used_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { token: presentToken(row), secret }
}

export async function listTokens(db: Db, userId: UserId): Promise<ApiToken[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
  return rows.map(presentToken)
}

export async function deleteToken(db: Db, userId: UserId, tokenId: TokenId): Promise<void> {
  const removed = await db
    .deleteFrom('api_tokens')
    .where('id', '=', tokenId)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  if (!removed) throw new AppError('NOT_FOUND', 'There is no such token.')
}

/** The owner of the token in an `Authorization` header; null for anything but a valid token. */
export async function findTokenUser(db: Db, authorization: string): Promise<SignedIn | null> {
  const secret = /^vsl_[A-Za-z0-9_-]{43}$/.exec(readCredential(authorization))?.[0]
  if (!secret) return null
  const row = await db
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .select(['api_tokens.id as tokenId', 'users.id', 'users.role', 'scopes', 'expires_at', 'last_used_at'])
    .where('secret_hash', '=', hashSecret(secret))
    .where('frozenAt', 'is', null)
    .executeTakeFirst()
  const now = new Date()
  if (!row || (row.expires_at && row.expires_at < now)) return null
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() > 60_000) {
    await db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row.tokenId).execute()
  }
  const { id, scopes } = row
  const role = scopes.includes('admin') ? row.role : 'user'
  return { id, role, ...(await findPlaces(db, id)), isUnsecured: await isUnsecured(db, id), by: 'token', scopes }
}

/** Programs that know names and passwords only, as Label Studio does, send the token as the password. */
function readCredential(authorization: string): string {
  const [, scheme, text = ''] = /^(Bearer|Basic) (\S{1,400})$/.exec(authorization) ?? []
  if (scheme !== 'Basic') return text
  return Buffer.from(text, 'base64').toString('utf8').split(':').slice(1).join(':')
}

function presentToken(row: Selectable<ApiTokensTable>): ApiToken {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
