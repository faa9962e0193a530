import { AppError, type RunId, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requireProject } from '../projects/access.ts'
import { importModelFile } from './import-model.ts'
import { presentModel, presentRun } from './present.ts'
import { startRun } from './start-run.ts'
import { findRun } from './training.queries.ts'
import { endRun } from './update-run.ts'

const LIST_LIMIT = 100

export function registerTrainingRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  const requireRun = async (user: SignedIn, runId: RunId, right: 'view' | 'manage') => {
    const run = await findRun(db, runId)
    if (!run) throw new AppError('NOT_FOUND', 'There is no such run, or you may not see it.')
    await requireProject(db, user, run.project_id, right)
    return run
  }

  registerRoute(app, routes.startRun, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return startRun(context, project, { trigger: 'person', userId: user.id, ...body })
  })

  registerRoute(app, routes.listRuns, async ({ user, params }) => {
    await requireProject(db, user, params.projectId, 'view')
    const rows = await db
      .selectFrom('runs')
      .selectAll()
      .where('project_id', '=', params.projectId)
      .orderBy('created_at', 'desc')
      .limit(LIST_LIMIT)
      .execute()
    return { items: rows.map(presentRun) }
  })

  registerRoute(app, routes.getRun, async ({ user, params }) =>
    presentRun(await requireRun(user, params.runId, 'view')),
  )

  registerRoute(app, routes.cancelRun, async ({ user, params }) => {
    const run = await requireRun(user, params.runId, 'manage')
    await db.updateTable('runs').set({ cancel_requested: true }).where('id', '=', run.id).execute()
    if (run.state === 'pending') await endRun(context, run, 'cancelled', null)
    return presentRun((await findRun(db, run.id)) ?? run)
  })

  registerRoute(app, routes.listModels, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    const rows = await db
      .selectFrom('model_versions')
      .selectAll()
      .where('project_id', '=', params.projectId)
      .orderBy('number', 'desc')
      .limit(LIST_LIMIT)
      .execute()
    return { items: rows.map((row) => presentModel(row, project)) }
  })

  registerRoute(app, routes.importModel, async ({ user, params, request }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return importModelFile(context, request, project)
  })
}
