import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { keepProjectFacts } from '../labels/keep-project-facts.ts'
import { requireProject } from '../projects/access.ts'
import { withdrawPrelabels } from '../remote/remote-jobs.ts'
import { importStart } from './import-start.ts'
import { listAlgorithmVersions, restoreAlgorithm, setAlgorithm } from './settings.service.ts'

export function registerSettingsRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  registerRoute(app, routes.getAlgorithm, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    return project.algorithm
  })

  registerRoute(app, routes.putAlgorithm, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const algorithm = { ...body, modelUri: await importStart(context, project, body.modelUri) }
    const set = await setAlgorithm(db, project, { algorithm, authorId: user.id })
    if (set.strategy !== project.algorithm.strategy) await withdrawPrelabels(context, project.id)
    await keepProjectFacts(context, project.id)
    return set
  })

  registerRoute(app, routes.listAlgorithmVersions, async ({ user, params }) => ({
    items: await listAlgorithmVersions(db, await requireProject(db, user, params.projectId, 'view')),
  }))

  registerRoute(app, routes.restoreAlgorithm, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const set = await restoreAlgorithm(db, project, { version: params.version, authorId: user.id })
    if (set.strategy !== project.algorithm.strategy) await withdrawPrelabels(context, project.id)
    await keepProjectFacts(context, project.id)
    return set
  })
}
