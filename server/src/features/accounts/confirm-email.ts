import { AppError, type UserId } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import { AttemptLimit } from '../../http/attempt-limit.ts'
import { postMail } from '../mail/mail.ts'
import { makeSecret } from './mailed-secrets.ts'
import { linkTo } from './recovery.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'config'>

const HOUR_MS = 3_600_000

/** A link to the address that somebody says is theirs. */
export async function mailConfirmation(
  trx: Transaction<Tables>,
  parts: Omit<Parts, 'db'>,
  { userId, email }: { userId: UserId; email: string },
): Promise<void> {
  const secret = await makeSecret(trx, { userId, purpose: 'email', email })
  await postMail(trx, parts.jobs, {
    to: email,
    subject: 'Vesalius: confirm your mail address · 确认邮箱地址',
    text: [
      'Open this link within 30 minutes to use this address for your account:',
      linkTo(parts, 'confirm-email', secret),
      '请在 30 分钟内打开上面的链接，以确认将此邮箱用于您的账户。',
    ].join('\n\n'),
  })
}

/**
 * Where the installation asks for it: throws EMAIL_UNCONFIRMED for an account whose address was not seen to be theirs, and
 * mails the link again. Asked after the password, so that nobody else learns of it or has mail sent. Administrators are let
 * in, because without a mail server nobody else could pass the link on.
 */
export async function refuseUnconfirmed(parts: Parts, userId: UserId): Promise<void> {
  const { db, config } = parts
  if (!config.confirmsEmail) return
  const user = await db
    .selectFrom('users')
    .select(['email', 'emailVerified', 'role'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  if (user.emailVerified || user.role === 'administrator') return
  const mails = new AttemptLimit(db, 'confirmation', { limit: 5, windowMs: HOUR_MS })
  await mails.take(userId)
  await db.transaction().execute((trx) => mailConfirmation(trx, parts, { userId, email: user.email }))
  throw new AppError('EMAIL_UNCONFIRMED', 'Open the link that was sent to your mail address first.')
}
