import {
  AppError,
  isOfOrganisation,
  type OrganisationId,
  type ProjectId,
  type UserId,
  type Webhook,
  type WebhookDeliveryId,
  type WebhookId,
  type WebhookSettings,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { requireInOrganisation, requireProject } from '../projects/access.ts'
import { addSecret, presentSecrets } from '../remote/signing-secrets.ts'
import { findDelivery, listTries, presentDelivery } from './deliveries.queries.ts'
import { noteTry } from './note-outcome.ts'
import { headOfRecord } from './relay-events.ts'
import { tryDelivery, type WebhookRow } from './try-delivery.ts'

const MOST_WEBHOOKS = 20

export type WebhookOwner = { projectId: ProjectId } | { organisationId: OrganisationId }
type Parts = Pick<Context, 'db' | 'sealKey' | 'outgoing' | 'version'>

/** Throws NOT_FOUND or FORBIDDEN for whoever does not manage what it belongs to. */
export async function requireWebhook(db: Db, user: SignedIn, id: WebhookId): Promise<WebhookRow> {
  const row = await db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst()
  if (row?.project_id) await requireProject(db, user, row.project_id, 'manage')
  else if (row?.organisation_id) requireInOrganisation(user, row.organisation_id, 'manage')
  else throw new AppError('NOT_FOUND', 'There is no such webhook, or you may not see it.')
  return row
}

export async function listWebhooks(db: Db, owner: WebhookOwner): Promise<Webhook[]> {
  const rows = await within(db.selectFrom('webhooks').selectAll(), owner).orderBy('created_at').execute()
  return Promise.all(rows.map((row) => presentWebhook(db, row)))
}

export async function createWebhook(
  { db, sealKey }: Pick<Parts, 'db' | 'sealKey'>,
  owner: WebhookOwner,
  userId: UserId,
  settings: WebhookSettings,
): Promise<{ webhook: Webhook; secret: string }> {
  refuseMisfit(settings, 'organisationId' in owner)
  const { secret, secrets } = addSecret(sealKey, [], new Date())
  const row = await db.transaction().execute(async (trx) => {
    const known = await within(trx.selectFrom('webhooks').select('id'), owner).execute()
    if (known.length >= MOST_WEBHOOKS)
      throw new AppError('CONFLICT', `There are ${MOST_WEBHOOKS} webhooks. Remove one.`)
    return trx
      .insertInto('webhooks')
      .values({
        id: newId<WebhookId>(),
        project_id: 'projectId' in owner ? owner.projectId : null,
        organisation_id: 'organisationId' in owner ? owner.organisationId : null,
        ...{ name: settings.name, url: settings.url, events: json(settings.events), off: null },
        sealed_secrets: json(secrets),
        from_seq: await headOfRecord(trx),
        created_by: userId,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  })
  return { webhook: await presentWebhook(db, row), secret }
}

export async function updateWebhook(
  db: Db,
  before: WebhookRow,
  {
    isOn,
    ...settings
  }: { [Name in keyof WebhookSettings]?: WebhookSettings[Name] | undefined } & {
    isOn?: boolean | undefined
  },
): Promise<Webhook> {
  refuseMisfit({ ...before, ...settings } as WebhookSettings, before.organisation_id !== null)
  const turnsOn = isOn === true && before.off !== null
  // Whoever wrote another address waits for no pause that the one before has earned.
  const starts = { failing_since: null, failures: 0, paused_until: null }
  const changed = {
    ...(settings.name === undefined ? {} : { name: settings.name }),
    ...(settings.url === undefined ? {} : { url: settings.url, ...starts }),
    ...(settings.events === undefined ? {} : { events: json(settings.events) }),
    ...(isOn === false && before.off === null ? { off: 'person' as const } : {}),
    ...(turnsOn ? { off: null, from_seq: await headOfRecord(db), ...starts } : {}),
  }
  const row =
    Object.keys(changed).length === 0
      ? before
      : await db
          .updateTable('webhooks')
          .set(changed)
          .where('id', '=', before.id)
          .returningAll()
          .executeTakeFirstOrThrow()
  return presentWebhook(db, row)
}

export async function rotateWebhookSecret({ db, sealKey }: Pick<Parts, 'db' | 'sealKey'>, { id }: WebhookRow) {
  return db.transaction().execute(async (trx) => {
    const { sealed_secrets } = await trx
      .selectFrom('webhooks')
      .select('sealed_secrets')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const { secret, secrets } = addSecret(sealKey, sealed_secrets, new Date())
    const row = await trx
      .updateTable('webhooks')
      .set({ sealed_secrets: json(secrets) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    return { webhook: await presentWebhook(trx, row), secret }
  })
}

/** Sends a message that tells of nothing, once. It counts neither for nor against the webhook. */
export async function testWebhook(parts: Parts, webhook: WebhookRow, by: UserId) {
  const { id: webhookId, project_id: projectId, organisation_id: organisationId } = webhook
  const id = newId<WebhookDeliveryId>()
  const body = JSON.stringify({
    type: 'webhook.test',
    timestamp: new Date().toISOString(),
    data: { projectId, organisationId, by },
  })
  const outcome = await tryDelivery(parts, webhook, { id, body }, new AbortController().signal)
  await parts.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('webhook_deliveries')
      .values({ ...{ id, webhook_id: webhookId, seq: null, type: 'webhook.test', body }, state: 'failed' })
      .execute()
    await noteTry(trx, id, outcome)
  })
  const delivery = await findDelivery(parts.db, webhookId, id)
  const [attempt] = await listTries(parts.db, id)
  if (!attempt) throw new Error('a try that was noted is not there')
  return { delivery: presentDelivery(delivery), attempt }
}

/** Tests are of their moment and are not sent again. */
export async function resendDelivery(db: Db, webhook: WebhookRow, id: WebhookDeliveryId) {
  const delivery = await findDelivery(db, webhook.id, id)
  if (delivery.seq === null) throw new AppError('CONFLICT', 'A test is not sent again: make another one.')
  if (webhook.off !== null) throw new AppError('CONFLICT', 'The webhook is off. Turn it on first.')
  const row = await db
    .updateTable('webhook_deliveries')
    .set({ state: 'waiting', next_at: sql<Date>`now()`, tries: 0 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await db.updateTable('webhooks').set({ paused_until: null }).where('id', '=', webhook.id).execute()
  return presentDelivery(row)
}

export async function presentWebhook(db: Db, row: WebhookRow): Promise<Webhook> {
  const { waiting } = await db
    .selectFrom('webhook_deliveries')
    .select((select) => select.fn.countAll<number>().as('waiting'))
    .where('webhook_id', '=', row.id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return {
    ...{ id: row.id, projectId: row.project_id, organisationId: row.organisation_id },
    ...{ name: row.name, url: row.url, events: row.events, off: row.off, waiting },
    failingSince: row.failing_since?.toISOString() ?? null,
    secrets: presentSecrets(row.sealed_secrets),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  }
}

function refuseMisfit({ url, events }: WebhookSettings, isOrganisation: boolean): void {
  const { username, password } = new URL(url)
  if (username || password) throw new AppError('VALIDATION_FAILED', 'Leave user name and password out of the address.')
  if (!isOrganisation && events.some(isOfOrganisation)) {
    throw new AppError('VALIDATION_FAILED', 'Only an organisation sees projects come and go.')
  }
}

function within<Query extends { where(column: never, operator: '=', value: never): Query }>(
  query: Query,
  owner: WebhookOwner,
): Query {
  return 'projectId' in owner
    ? query.where('project_id' as never, '=', owner.projectId as never)
    : query.where('organisation_id' as never, '=', owner.organisationId as never)
}
