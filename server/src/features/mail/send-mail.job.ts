import { createTransport } from 'nodemailer'
import type { Context } from '../../context.ts'
import type { JobHandler } from '../../jobs/jobs.ts'

const TIMEOUT_MS = 20_000

/** Sends one mail and forgets it: it may hold a secret. Without a mail server it stays for an administrator to see. */
export function sendMailHandler({ db, config, log }: Pick<Context, 'db' | 'config' | 'log'>): JobHandler<'send-mail'> {
  return async ({ payload: { mailId } }) => {
    const mail = await db.selectFrom('mails').selectAll().where('id', '=', mailId).executeTakeFirst()
    if (!mail) return
    if (!config.smtpUrl) {
      log.info('a mail waits in the outbox: no mail server is set')
      return
    }
    const transport = createTransport(config.smtpUrl, { from: config.mailFrom })
    try {
      await Promise.race([
        transport.sendMail({ to: mail.recipient, subject: mail.subject, text: mail.text }),
        new Promise((_, fail) => {
          setTimeout(() => fail(new Error('the mail server did not answer in time')), TIMEOUT_MS).unref()
        }),
      ])
    } catch (error) {
      const problem = error instanceof Error ? error.message.slice(0, 300) : 'the mail server refused'
      await db.updateTable('mails').set({ problem }).where('id', '=', mailId).execute()
      throw error
    } finally {
      transport.close()
    }
    await db.deleteFrom('mails').where('id', '=', mailId).execute()
  }
}
