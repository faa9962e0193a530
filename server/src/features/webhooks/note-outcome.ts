import type { WebhookDeliveryId, WebhookId, WebhookOff } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { Tables } from '../../db/tables.ts'
import { insertNotifications } from '../notifications/notify.ts'
import type { Outcome, WebhookRow } from './try-delivery.ts'

/** What becomes of a message and its webhook after a try. */

/** Seconds after each try that failed; after the last one a message is given up, about a day after the first. */
const PAUSES = [5, 60, 300, 1800, 2 * 3600, 5 * 3600, 8 * 3600, 8 * 3600]
/** So that messages that failed together do not come back together. */
const JITTER = 0.1
/** Without a single message that arrives. */
const OFF_AFTER_DAYS = 5
/** Of an address where nobody is: how long all its messages wait after the n-th try in a row. */
const breakSeconds = (failures: number) => Math.min(300, 5 * 2 ** Math.min(failures, 10))

/** Answers whether the next message may be tried at once. */
export async function noteOutcome(
  { db, events }: Pick<Context, 'db' | 'events'>,
  webhookId: WebhookId,
  deliveryId: WebhookDeliveryId,
  outcome: Outcome,
): Promise<boolean> {
  const told: Parameters<Context['events']['publish']>[0][number][] = []
  const mayGoOn = await db.transaction().execute(async (trx) => {
    const webhook = await trx
      .selectFrom('webhooks')
      .selectAll()
      .where('id', '=', webhookId)
      .forUpdate()
      .executeTakeFirst()
    const isKept = webhook && (await noteTry(trx, deliveryId, outcome))
    if (!isKept) return false
    if (outcome.isDelivered) {
      if (webhook.failing_since) {
        const well = { failing_since: null, failures: 0, paused_until: null }
        await trx.updateTable('webhooks').set(well).where('id', '=', webhookId).execute()
      }
      return true
    }
    const isNobodyThere = outcome.status === null || outcome.status === 429 || outcome.status >= 500
    const pause = Math.max(breakSeconds(webhook.failures), outcome.pauseSeconds)
    const since = webhook.failing_since ?? new Date()
    const off = offAfter(since, outcome)
    await trx
      .updateTable('webhooks')
      .set({
        ...{ failing_since: since, failures: webhook.failures + 1, off },
        ...(isNobodyThere ? { paused_until: new Date(Date.now() + pause * 1000) } : {}),
      })
      .where('id', '=', webhookId)
      .execute()
    if (off) told.push(...(await tellOwners(trx, webhook)))
    return !isNobodyThere && !off
  })
  if (told.length > 0) events.publish(told, { kind: 'notification' })
  return mayGoOn
}

function offAfter(since: Date, { status }: Outcome): WebhookOff | null {
  if (status === 410) return 'gone'
  return Date.now() - since.getTime() > OFF_AFTER_DAYS * 86_400_000 ? 'failing' : null
}

/** Answers whether the message is still there. */
export async function noteTry(
  trx: Transaction<Tables>,
  deliveryId: WebhookDeliveryId,
  { isDelivered, pauseSeconds, status, milliseconds, requestHeaders, responseHeaders, response, reason }: Outcome,
): Promise<boolean> {
  const delivery = await trx
    .selectFrom('webhook_deliveries')
    .select(['tries', 'seq', 'state'])
    .where('id', '=', deliveryId)
    .forUpdate()
    .executeTakeFirst()
  if (!delivery) return false
  const { place } = await trx
    .selectFrom('webhook_tries')
    .select(sql<number>`coalesce(max(place), 0)::int + 1`.as('place'))
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('webhook_tries')
    .values({
      ...{ delivery_id: deliveryId, place, milliseconds, status, response, reason },
      ...{ request_headers: json(requestHeaders), response_headers: json(responseHeaders) },
    })
    .execute()
  const pause = PAUSES[delivery.tries]
  const isOver = isDelivered || delivery.seq === null || pause === undefined
  const seconds = Math.max((pause ?? 0) * (1 + JITTER * Math.random()), pauseSeconds)
  await trx
    .updateTable('webhook_deliveries')
    .set({
      state: isDelivered ? 'delivered' : isOver ? 'failed' : 'waiting',
      ...{ status, tries: delivery.tries + 1 },
      next_at: isOver ? null : new Date(Date.now() + seconds * 1000),
    })
    .where('id', '=', deliveryId)
    .execute()
  return true
}

/** Whoever made it, and whoever owns what it belongs to. */
async function tellOwners(
  trx: Transaction<Tables>,
  { project_id, organisation_id, created_by }: Pick<WebhookRow, 'project_id' | 'organisation_id' | 'created_by'>,
) {
  const project = project_id
    ? await trx
        .selectFrom('projects')
        .select(['owner_id', 'organisation_id'])
        .where('id', '=', project_id)
        .executeTakeFirst()
    : null
  const place = project ? project.organisation_id : organisation_id
  const owners = place
    ? await trx
        .selectFrom('organisation_members')
        .select('user_id')
        .where('organisation_id', '=', place)
        .where('role', '=', 'owner')
        .execute()
    : []
  const own = place ? [] : [project?.owner_id]
  const people = [...new Set([created_by, ...own, ...owners.map(({ user_id }) => user_id)])].filter((id) => id != null)
  await insertNotifications(trx, people, { kind: 'webhook', project_id, outcome: 'failed' })
  return people
}
