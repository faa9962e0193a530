import type { WebhookDeliveryId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { newId } from '../../ids.ts'
import { type Loop, startLoop } from '../../processes/start-loop.ts'
import { describeEvent, type RecordedChange, TOLD_SUBJECTS } from './describe-event.ts'

/**
 * The outbox is the record of changes: it is written in the transaction of each change, its numbers have no gap, and a later
 * one is never seen before an earlier one. So a cursor over it misses nothing, whatever is killed when.
 */

const LOOK_EVERY_MS = 1000
const FORGET_EVERY_MS = 3600_000
const CURSOR = 'webhook-cursor'
/** Of the record, in one transaction. */
const BATCH = 1000
const MOST_BATCHES = 20
const DELIVERED_KEPT_DAYS = 7
const FAILED_KEPT_DAYS = 30

type Parts = Pick<Context, 'db' | 'jobs' | 'leases' | 'log'>

export function startRelayingEvents(parts: Parts): Loop {
  let forgottenAt = 0
  return startLoop(parts, {
    name: 'relay-events',
    everyMs: LOOK_EVERY_MS,
    failure: 'what happened could not be told to webhooks',
    look: async () => {
      await relayEvents(parts)
      if (Date.now() - forgottenAt < FORGET_EVERY_MS) return
      forgottenAt = Date.now()
      await forgetDeliveries(parts.db)
    },
  })
}

/** Writes down what each webhook is to be told, and gives a job to every one that has something to say now. */
export async function relayEvents({ db, jobs }: Pick<Parts, 'db' | 'jobs'>): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) if (!(await relayBatch(db))) break
  const due = await db
    .selectFrom('webhooks')
    .select('id')
    .where('off', 'is', null)
    .where((is) => is.or([is('paused_until', 'is', null), is('paused_until', '<=', sql<Date>`now()`)]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('webhook_deliveries')
          .select('webhook_deliveries.id')
          .whereRef('webhook_id', '=', 'webhooks.id')
          .where('state', '=', 'waiting')
          .where('next_at', '<=', sql<Date>`now()`),
      ),
    )
    .execute()
  if (due.length === 0) return
  const payloads = due.map(({ id }) => ({ key: id, payload: { webhookId: id } }))
  await db.transaction().execute((trx) => jobs.enqueueMissing(trx, 'send-webhook', payloads))
}

/** Whether there may be more. Of two processes at once the second waits for the first and goes on behind it. */
async function relayBatch(db: Db): Promise<boolean> {
  const webhooks = await db
    .selectFrom('webhooks')
    .select(['id', 'project_id', 'organisation_id', 'events', 'from_seq'])
    .where('off', 'is', null)
    .execute()
  if (webhooks.length === 0) return false
  const earliest = Math.min(...webhooks.map(({ from_seq }) => from_seq))
  const head = await headOfRecord(db)
  const known = await db.selectFrom('installation').select('value').where('name', '=', CURSOR).executeTakeFirst()
  if (known && Math.max(Number(known.value), earliest) >= head) return false
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto('installation')
      .values({ name: CURSOR, value: '0' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { value } = await trx
      .selectFrom('installation')
      .select('value')
      .where('name', '=', CURSOR)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const from = Math.max(Number(value), earliest)
    const to = Math.min(from + BATCH, head)
    if (to <= from) return false
    const changes = await trx
      .selectFrom('audit_events')
      .select(['seq', 'at', 'actor_id', 'via', 'action', 'subject', 'subject_id', 'project_id', 'organisation_id'])
      .select(['before', 'after'])
      .where('seq', '>', from)
      .where('seq', '<=', to)
      .where('subject', 'in', TOLD_SUBJECTS)
      .orderBy('seq')
      .execute()
    const rows = changes.flatMap((change: RecordedChange) => {
      const message = describeEvent(change)
      if (!message) return []
      const told = webhooks.filter(
        ({ project_id, organisation_id, events, from_seq }) =>
          change.seq > from_seq &&
          (project_id ? project_id === change.project_id : organisation_id === change.organisation_id) &&
          (events as readonly string[]).includes(message.type),
      )
      return told.map(({ id }) => ({
        id: newId<WebhookDeliveryId>(),
        webhook_id: id,
        seq: change.seq,
        type: message.type,
        body: JSON.stringify(message),
        next_at: new Date(),
      }))
    })
    for (let place = 0; place < rows.length; place += BATCH) {
      await trx
        .insertInto('webhook_deliveries')
        .values(rows.slice(place, place + BATCH))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await trx
      .updateTable('installation')
      .set({ value: String(to) })
      .where('name', '=', CURSOR)
      .execute()
    return to < head
  })
}

/** The number of the newest recorded change. */
export async function headOfRecord(db: Db): Promise<number> {
  const last = await db.selectFrom('audit_events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return last?.seq ?? 0
}

async function forgetDeliveries(db: Db): Promise<void> {
  await sql`DELETE FROM webhook_deliveries
    WHERE (state = 'delivered' AND created_at < now() - make_interval(days => ${DELIVERED_KEPT_DAYS}::integer))
    OR (state = 'failed' AND created_at < now() - make_interval(days => ${FAILED_KEPT_DAYS}::integer))`.execute(db)
}
