import { type Preferences, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import { registerRoute } from '../../http/register-route.ts'

const NOTHING_SET: Preferences = { shortcuts: {} }

/** Each person reads and replaces their own settings only. */
export function registerPreferenceRoutes(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  registerRoute(app, routes.getPreferences, async ({ user }) => {
    const row = await db.selectFrom('user_preferences').select('data').where('user_id', '=', user.id).executeTakeFirst()
    return row?.data ?? NOTHING_SET
  })

  registerRoute(app, routes.putPreferences, async ({ user, body }) => {
    const data = json(body)
    await db
      .insertInto('user_preferences')
      .values({ user_id: user.id, data })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ data, updated_at: sql`clock_timestamp()` }))
      .execute()
    return body
  })
}
