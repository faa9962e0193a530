import type { UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { type Loop, startLoop } from '../../processes/start-loop.ts'
import { postMail } from '../mail/mail.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'config'>

const LOOK_EVERY_MS = 60_000
const MOST_AT_ONCE = 200

/** Mails people who asked for it how much is unread: no words of messages, which may speak of patients. */
export function startDigests(parts: Parts & Pick<Context, 'leases' | 'log'>): Loop {
  return startLoop(parts, {
    name: 'mail-digests',
    everyMs: LOOK_EVERY_MS,
    failure: 'digests of messages could not be sent',
    look: () => sendDigests(parts),
  })
}

/** Sends what is due; each person's setting is held meanwhile, so that no two processes mail the same. */
export async function sendDigests({ db, jobs, config }: Parts): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ userId: UserId; email: string; threads: number }>`
      SELECT settings.user_id AS "userId", users.email,
        (SELECT count(*) FROM thread_inboxes WHERE user_id = settings.user_id AND unread > 0 AND NOT is_muted
          AND active_at > settings.digested_at) AS threads
      FROM message_settings AS settings JOIN users ON users.id = settings.user_id
      WHERE digest <> 'off'
        AND digested_at < now() - CASE digest WHEN 'hourly' THEN interval '1 hour' ELSE interval '1 day' END
        AND EXISTS (SELECT FROM thread_inboxes WHERE user_id = settings.user_id AND unread > 0 AND NOT is_muted
          AND active_at > settings.digested_at)
      ORDER BY settings.user_id LIMIT ${MOST_AT_ONCE} FOR UPDATE OF settings SKIP LOCKED`.execute(trx)
    const base = config.publicUrl?.replace(/\/$/, '') ?? `http://${config.host}:${config.port}`
    for (const { userId, email, threads } of rows) {
      await postMail(trx, jobs, {
        to: email,
        subject: `Vesalius: ${threads} unread · ${threads} 条未读`,
        text: [
          `There is something new in ${threads} ${threads === 1 ? 'conversation' : 'conversations'}:`,
          `有 ${threads} 个会话有新消息：`,
          `${base}/messages`,
        ].join('\n\n'),
      })
      await trx.updateTable('message_settings').set({ digested_at: new Date() }).where('user_id', '=', userId).execute()
    }
    return rows.length
  })
}
