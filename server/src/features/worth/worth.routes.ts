import { type ProjectId, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireProject } from '../projects/access.ts'

/** A measurement that took longer than this has ended without a word. */
const LONGEST_MINUTES = 30

export function registerWorthRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'jobs'>): void {
  const { db, jobs } = context

  registerRoute(app, routes.getWorth, async ({ user, params }) => {
    await requireProject(db, user, params.projectId, 'view')
    return readState(db, params.projectId)
  })

  registerRoute(app, routes.measureWorth, async ({ user, params: { projectId } }) => {
    const project = await requireProject(db, user, projectId, 'view')
    await db.transaction().execute(async (trx) => {
      const asked = await sql`
        INSERT INTO project_worth (project_id, asked_at) VALUES (${projectId}, now())
        ON CONFLICT (project_id) DO UPDATE SET asked_at = now()
        WHERE (project_worth.asked_at IS NULL OR project_worth.asked_at < now() - ${LONGEST_MINUTES} * interval '1 minute')
          AND (project_worth.worth IS NULL
            OR project_worth.annotation_changes <> ${project.annotation_changes}
            OR (project_worth.worth->>'left')::int > 0
            OR (project_worth.worth->>'measuredAt')::timestamptz < now() - interval '1 minute')
        RETURNING project_id`.execute(trx)
      if (asked.rows.length > 0) await jobs.enqueue(trx, 'measure-worth', { projectId }, { key: projectId })
    })
    return readState(db, projectId)
  })
}

async function readState(db: Db, projectId: ProjectId) {
  const row = await db
    .selectFrom('project_worth')
    .select(['worth', 'asked_at'])
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  return { isMeasuring: row?.asked_at != null, worth: row?.worth ?? null }
}
