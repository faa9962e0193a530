import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireProject } from '../projects/access.ts'
import { changeStudy, createStudy, deleteStudy, finishStudy, listStudies, requireStudy } from './studies.service.ts'

export function registerReadingRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'events'>): void {
  const { db } = context

  registerRoute(app, routes.createStudy, async ({ user, params, body }) =>
    createStudy(context, user, await requireProject(db, user, params.projectId, 'manage'), body),
  )

  registerRoute(app, routes.listStudies, async ({ user, params }) => ({
    items: await listStudies(db, user, params.projectId),
  }))

  registerRoute(app, routes.changeStudy, async ({ user, params, body }) => {
    const { study } = await requireStudy(db, user, params.studyId, 'manage')
    return changeStudy(context, study, body.state)
  })

  registerRoute(app, routes.deleteStudy, async ({ user, params }) => {
    const { study } = await requireStudy(db, user, params.studyId, 'manage')
    await deleteStudy(context, study)
    return null
  })

  registerRoute(app, routes.finishStudy, async ({ user, params }) => finishStudy(context, user, params.studyId))
}
