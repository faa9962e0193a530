import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { prelabelUnannotated } from '../predictions/predictions.service.ts'
import { mayReview, requireProject, requireProjectView } from './access.ts'
import { findDeletedProjectsOf, findProjectsOf } from './projects.queries.ts'
import {
  createProject,
  deleteProject,
  presentProject,
  presentProjects,
  restoreProject,
  updateProject,
} from './projects.service.ts'

export function registerProjectRoutes(app: FastifyInstance, context: Context): void {
  const { db, events } = context

  registerRoute(app, routes.createProject, async ({ user, body }) => createProject(db, user.id, body))

  registerRoute(app, routes.listProjects, async ({ user }) => {
    const rows = await findProjectsOf(db, user.id)
    const own = rows.filter((row) => row.owner_id === user.id)
    const reviewed = rows.filter((row) => !own.includes(row) && mayReview(user, row))
    const shared = rows.filter((row) => !own.includes(row) && !reviewed.includes(row))
    return {
      items: [
        ...(await presentProjects(db, own)),
        ...(await presentProjects(db, reviewed, 'reviewer')),
        ...(await presentProjects(db, shared, 'editor', user.id)),
      ],
    }
  })

  registerRoute(app, routes.getProject, async ({ user, params }) => {
    const { project, access } = await requireProjectView(db, user, params.projectId)
    return presentProject(db, project, access, access === 'editor' ? user.id : undefined)
  })

  registerRoute(app, routes.listDeletedProjects, async ({ user }) => ({
    items: await presentProjects(db, await findDeletedProjectsOf(db, user.id)),
  }))

  registerRoute(app, routes.restoreProject, async ({ user, params }) => {
    const project = await restoreProject(db, user, params.projectId)
    events.publish(project.id, { kind: 'project', projectId: project.id })
    return project
  })

  registerRoute(app, routes.updateProject, async ({ user, params, body }) => {
    const project = await updateProject(db, await requireProject(db, user, params.projectId), body)
    events.publish(project.id, { kind: 'project', projectId: project.id })
    return project
  })

  registerRoute(app, routes.deleteProject, async ({ user, params }) => {
    await deleteProject(db, await requireProject(db, user, params.projectId))
    return null
  })

  registerRoute(app, routes.prelabelProject, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId)
    return { queued: await prelabelUnannotated(context, project.id) }
  })
}
