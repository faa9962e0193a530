import {
  AppError,
  type WebhookDelivery,
  WebhookDeliveryId,
  type WebhookDeliveryState,
  type WebhookId,
  type WebhookTry,
} from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { WebhookDeliveriesTable } from '../../db/tables/webhooks.ts'

export type DeliveryRow = Selectable<WebhookDeliveriesTable>

/** Throws NOT_FOUND. */
export async function findDelivery(db: Db, webhookId: WebhookId, id: WebhookDeliveryId): Promise<DeliveryRow> {
  const row = await db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND', 'There is no such message, or it was forgotten.')
  return row
}

/** Newest first. */
export async function listDeliveries(
  db: Db,
  webhookId: WebhookId,
  { cursor, limit, state }: { cursor?: string | undefined; limit: number; state?: WebhookDeliveryState | undefined },
): Promise<{ items: WebhookDelivery[]; nextCursor: string | null }> {
  const before = WebhookDeliveryId.optional().safeParse(cursor)
  if (!before.success) throw new AppError('VALIDATION_FAILED', 'The cursor is none of this list.')
  let query = db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (before.data) query = query.where('id', '<', before.data)
  if (state) query = query.where('state', '=', state)
  const found = await query.execute()
  const items = found.slice(0, limit).map(presentDelivery)
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function listTries(db: Db, id: WebhookDeliveryId): Promise<WebhookTry[]> {
  const rows = await db
    .selectFrom('webhook_tries')
    .selectAll()
    .where('delivery_id', '=', id)
    .orderBy('place', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    at: row.at.toISOString(),
    milliseconds: row.milliseconds,
    requestHeaders: row.request_headers,
    status: row.status,
    responseHeaders: row.response_headers,
    response: row.response,
    reason: row.reason,
  }))
}

export function presentDelivery(row: DeliveryRow): WebhookDelivery {
  const { id, webhook_id: webhookId, type, state, tries, status } = row
  return {
    ...{ id, webhookId, type, state, tries, status },
    createdAt: row.created_at.toISOString(),
    nextAt: row.next_at?.toISOString() ?? null,
  }
}
