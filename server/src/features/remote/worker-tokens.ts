import { randomBytes } from 'node:crypto'
import {
  AppError,
  type OrganisationId,
  type ProjectId,
  type UserId,
  type WorkerToken,
  type WorkerTokenId,
} from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { WorkerTokensTable } from '../../db/tables/remote.ts'
import { newId } from '../../ids.ts'
import { hashSecret } from '../accounts/hash-secret.ts'

/** Secrets by which programs come for work: of one project, or of all of an organisation. Only a hash is kept. */

const PREFIX = 'vsw_'
const DAY = 86_400_000
const MOST_TOKENS = 100

export type WorkerTokenRow = Selectable<WorkerTokensTable>
export type TokenScope = { projectId: ProjectId } | { organisationId: OrganisationId }

export async function createWorkerToken(
  db: Db,
  scope: TokenScope,
  { name, expiresInDays, userId }: { name: string; expiresInDays: number | null; userId: UserId },
): Promise<{ token: WorkerToken; secret: string }> {
  const known = await listWorkerTokens(db, scope)
  if (known.length >= MOST_TOKENS) throw new AppError('CONFLICT', `There are ${MOST_TOKENS} tokens. Revoke some first.`)
  const secret = PREFIX + randomBytes(32).toString('base64url')
  const row = await db
    .insertInto('worker_tokens')
    .values({
      id: newId<WorkerTokenId>(),
      project_id: 'projectId' in scope ? scope.projectId : null,
      organisation_id: 'organisationId' in scope ? scope.organisationId : null,
      name,
      secret_hash: hashSecret(secret),
      created_by: userId,
      expires_at: expiresInDays === null ? null : new Date(Date.now() + expiresInDays * DAY),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { token: presentWorkerToken(row), secret }
}

export async function listWorkerTokens(db: Db, scope: TokenScope): Promise<WorkerToken[]> {
  const rows = await within(db.selectFrom('worker_tokens').selectAll(), scope).orderBy('created_at').execute()
  return rows.map(presentWorkerToken)
}

/** What its workers hold goes back at once. Throws NOT_FOUND. */
export async function deleteWorkerToken(db: Db, scope: TokenScope, id: WorkerTokenId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const found = await within(trx.selectFrom('worker_tokens').selectAll(), scope)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!found) throw new AppError('NOT_FOUND', 'There is no such token.')
    await trx
      .updateTable('remote_jobs')
      .set({ state: 'waiting', lease_id: null, lease_until: null, reason: 'The token of the worker was revoked.' })
      .where('worker_token_id', '=', id)
      .where('state', '=', 'leased')
      .execute()
    await trx.deleteFrom('worker_tokens').where('id', '=', id).execute()
  })
}

/** The token in an `Authorization` header; null for anything but a valid one. */
export async function findWorkerToken(db: Db, authorization: string | undefined): Promise<WorkerTokenRow | null> {
  const secret = /^Bearer (vsw_[A-Za-z0-9_-]{43})$/.exec(authorization ?? '')?.[1]
  if (!secret) return null
  const row = await db
    .selectFrom('worker_tokens')
    .selectAll()
    .where('secret_hash', '=', hashSecret(secret))
    .executeTakeFirst()
  return row && (row.expires_at === null || row.expires_at > new Date()) ? row : null
}

/** Notes that it is in use, at most once a minute unless another program uses it. */
export async function noteTokenUse(db: Db, token: WorkerTokenRow, by: string): Promise<void> {
  const isRecent = token.last_used_at && Date.now() - token.last_used_at.getTime() < 60_000
  if (isRecent && token.last_used_by === by) return
  await db
    .updateTable('worker_tokens')
    .set({ last_used_at: new Date(), last_used_by: by })
    .where('id', '=', token.id)
    .execute()
}

function within<Query extends { where(column: 'project_id' | 'organisation_id', is: '=', id: string): Query }>(
  query: Query,
  scope: TokenScope,
): Query {
  return 'projectId' in scope
    ? query.where('project_id', '=', scope.projectId)
    : query.where('organisation_id', '=', scope.organisationId)
}

function presentWorkerToken(row: WorkerTokenRow): WorkerToken {
  return {
    id: row.id,
    name: row.name,
    projectId: row.project_id,
    organisationId: row.organisation_id,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedBy: row.last_used_by,
  }
}
