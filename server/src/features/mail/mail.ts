import type { MailId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { Tables } from '../../db/tables.ts'
import { newId } from '../../ids.ts'

export interface Letter {
  to: string
  subject: string
  text: string
}

const KEPT = sql<Date>`now() - interval '7 days'`
const LIST_LIMIT = 200

/** Goes out once the transaction commits, and again after a failure; without a mail server it waits in the outbox. */
export async function postMail(trx: Transaction<Tables>, jobs: Context['jobs'], letter: Letter): Promise<void> {
  const id = newId<MailId>()
  await trx.deleteFrom('mails').where('created_at', '<', KEPT).execute()
  await trx
    .insertInto('mails')
    .values({ id, recipient: letter.to, subject: letter.subject, text: letter.text, problem: null })
    .execute()
  await jobs.enqueue(trx, 'send-mail', { mailId: id }, { key: id })
}

export async function listUnsent(db: Db) {
  const rows = await db.selectFrom('mails').selectAll().orderBy('id', 'desc').limit(LIST_LIMIT).execute()
  return rows.map(({ id, recipient, subject, text, problem, created_at }) => ({
    id,
    to: recipient,
    subject,
    text,
    problem,
    createdAt: created_at.toISOString(),
  }))
}
