import type { WebhookId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { noteOutcome } from './note-outcome.ts'
import { tryDelivery } from './try-delivery.ts'

type Parts = Pick<Context, 'db' | 'events' | 'outgoing' | 'sealKey' | 'version'>

/** One job sends for this long at most, then others have their turn. */
const TURN_MS = 30_000
/** A message in the hands of a process that died is taken up by another after this. */
const CLAIM_SECONDS = 60

/**
 * Sends what waits for one address, one message after another in the order in which it happened. After a try that shows that
 * nobody is there the rest waits, so that an address that is down keeps no worker busy.
 */
export function sendWebhookHandler(parts: Parts): JobHandler<'send-webhook'> {
  return async ({ payload: { webhookId }, signal }) => {
    const until = Date.now() + TURN_MS
    while (Date.now() < until && !signal.aborted) {
      const webhook = await findReady(parts.db, webhookId)
      const delivery = webhook && (await claimNext(parts.db, webhookId))
      if (!webhook || !delivery) return
      const outcome = await tryDelivery(parts, webhook, delivery, signal).catch(async (error) => {
        if (signal.aborted) await giveBack(parts.db, delivery.id)
        throw error
      })
      const mayGoOn = await noteOutcome(parts, webhook.id, delivery.id, outcome)
      if (!mayGoOn) return
    }
  }
}

const findReady = (db: Db, id: WebhookId) =>
  db
    .selectFrom('webhooks')
    .selectAll()
    .where('id', '=', id)
    .where('off', 'is', null)
    .where((is) => is.or([is('paused_until', 'is', null), is('paused_until', '<=', sql<Date>`now()`)]))
    .executeTakeFirst()

type Delivery = NonNullable<Awaited<ReturnType<typeof claimNext>>>

async function claimNext(db: Db, webhookId: WebhookId) {
  return db
    .updateTable('webhook_deliveries')
    .set({ next_at: sql<Date>`now() + make_interval(secs => ${CLAIM_SECONDS}::integer)` })
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('webhook_deliveries')
        .select('id')
        .where('webhook_id', '=', webhookId)
        .where('state', '=', 'waiting')
        .where('next_at', '<=', sql<Date>`now()`)
        .orderBy('next_at')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'body'])
    .executeTakeFirst()
}

async function giveBack(db: Db, id: Delivery['id']): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({ next_at: new Date() })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}
