import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { keepProjectFacts } from '../labels/keep-project-facts.ts'
import { prelabelUnannotated } from '../predictions/predictions.service.ts'
import { requireProject, requireProjectView } from './access.ts'
import { findDeletedProjectsOf, findProjectsOf } from './projects.queries.ts'
import {
  createProject,
  deleteProject,
  presentProject,
  presentProjects,
  restoreProject,
  updateProject,
} from './projects.service.ts'
import { transferProject } from './transfer-project.ts'

export function registerProjectRoutes(app: FastifyInstance, context: Context): void {
  const { db, events } = context

  registerRoute(app, routes.createProject, async ({ user, body }) => createProject(db, user, body))

  registerRoute(app, routes.listProjects, async ({ user }) => {
    return { items: await presentProjects(db, user, await findProjectsOf(db, user)) }
  })

  registerRoute(app, routes.getProject, async ({ user, params }) => {
    const { project } = await requireProjectView(db, user, params.projectId)
    return presentProject(db, user, project)
  })

  registerRoute(app, routes.listDeletedProjects, async ({ user }) => ({
    items: await presentProjects(db, user, await findDeletedProjectsOf(db, user)),
  }))

  registerRoute(app, routes.restoreProject, async ({ user, params }) => {
    const project = await restoreProject(db, user, params.projectId)
    await keepProjectFacts(context, project.id)
    events.publish(project.id, { kind: 'project', projectId: project.id })
    return project
  })

  registerRoute(app, routes.transferProject, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'own')
    await transferProject(db, user, project, body)
    await keepProjectFacts(context, project.id)
    events.publish(project.id, { kind: 'project', projectId: project.id })
    return null
  })

  registerRoute(app, routes.updateProject, async ({ user, params, body }) => {
    const project = await updateProject(db, await requireProject(db, user, params.projectId, 'manage'), body)
    await keepProjectFacts(context, project.id)
    events.publish(project.id, { kind: 'project', projectId: project.id })
    return presentProject(db, user, project)
  })

  registerRoute(app, routes.deleteProject, async ({ user, params }) => {
    await deleteProject(db, await requireProject(db, user, params.projectId, 'own'))
    await keepProjectFacts(context, params.projectId)
    return null
  })

  registerRoute(app, routes.prelabelProject, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return { queued: await prelabelUnannotated(context, project.id) }
  })
}
