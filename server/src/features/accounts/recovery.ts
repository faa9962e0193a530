import type { UserId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { postMail } from '../mail/mail.ts'
import { refuseCommonPassword } from './common-passwords.ts'
import { makeSecret, useSecret } from './mailed-secrets.ts'
import { hashPassword, storePassword } from './passwords.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'config'>

/**
 * Whether there is such an account is looked at later, by a job: the request does the same work for every address, so
 * neither its answer nor its time tells.
 */
export async function askForRecovery({ db, jobs }: Parts, email: string): Promise<void> {
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'recover-account', { email: email.toLowerCase() }))
}

export function recoverAccountHandler(parts: Parts): JobHandler<'recover-account'> {
  return async ({ payload: { email } }) => {
    await parts.db.transaction().execute(async (trx) => {
      const user = await trx
        .selectFrom('users')
        .select(['id', 'username', 'email'])
        .where('email', '=', email)
        .where('frozenAt', 'is', null)
        .executeTakeFirst()
      if (user) await mailRecovery(trx, parts, user)
    })
  }
}

export async function mailRecovery(
  trx: Transaction<Tables>,
  parts: Pick<Parts, 'jobs' | 'config'>,
  user: { id: UserId; username: string | null; email: string },
): Promise<void> {
  const secret = await makeSecret(trx, { userId: user.id, purpose: 'password', email: user.email })
  await postMail(trx, parts.jobs, {
    to: user.email,
    subject: 'Vesalius: a new password · 重设密码',
    text: [
      `Hello ${user.username ?? ''},`,
      'somebody asked for a new password of your account. If it was you, open this link within 30 minutes:',
      linkTo(parts, 'reset-password', secret),
      'If it was not you, there is nothing to do.',
      '有人请求重设您账户的密码。如果是您本人，请在 30 分钟内打开上面的链接；如果不是，请忽略此邮件。',
    ].join('\n\n'),
  })
}

/** The secret is in the fragment: it reaches no server's log and no Referer header. */
export function linkTo({ config }: Pick<Context, 'config'>, page: string, secret: string): string {
  const base = config.publicUrl?.replace(/\/$/, '') ?? `http://${config.host}:${config.port}`
  return `${base}/${page}#${secret}`
}

/** Ends all sessions, of whoever had them. The address is confirmed with it: the link went there. */
export async function resetPassword({ db }: Pick<Parts, 'db'>, secret: string, password: string): Promise<void> {
  refuseCommonPassword(password)
  const hashed = await hashPassword(password)
  await db.transaction().execute(async (trx) => {
    const { userId, email } = await useSecret(trx, 'password', secret)
    await storePassword(trx, userId, hashed)
    await endSessions(trx, userId, null)
    await trx
      .updateTable('users')
      .set({ emailVerified: true, updatedAt: sql`now()` })
      .where('id', '=', userId)
      .where('email', '=', email)
      .execute()
  })
}

export async function endSessions(trx: Context['db'], userId: UserId, exceptId: string | null): Promise<void> {
  let query = trx.deleteFrom('auth_sessions').where('userId', '=', userId)
  if (exceptId) query = query.where('id', '<>', exceptId)
  await query.execute()
}
