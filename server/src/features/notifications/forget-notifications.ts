import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { type Loop, startLoop } from '../../processes/start-loop.ts'

const LOOK_EVERY_MS = 3600_000
const KEPT_DAYS = 90

/** What was told more than 90 days ago goes, seen or not. */
export function startForgettingNotifications(parts: Pick<Context, 'db' | 'leases' | 'log'>): Loop {
  return startLoop(parts, {
    name: 'forget-notifications',
    everyMs: LOOK_EVERY_MS,
    failure: 'old notifications could not be forgotten',
    look: () =>
      parts.db
        .deleteFrom('notifications')
        .where('created_at', '<', sql<Date>`now() - make_interval(days => ${KEPT_DAYS}::integer)`)
        .execute(),
  })
}
