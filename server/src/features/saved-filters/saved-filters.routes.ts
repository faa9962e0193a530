import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireProjectView } from '../projects/access.ts'
import { deleteFilter, listFilters, saveFilter } from './saved-filters.service.ts'

export function registerSavedFilterRoutes(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  registerRoute(app, routes.listSavedFilters, async ({ user, params }) => {
    await requireProjectView(db, user, params.projectId)
    return { items: await listFilters(db, { userId: user.id, projectId: params.projectId }) }
  })

  registerRoute(app, routes.saveFilter, async ({ user, params, body }) => {
    await requireProjectView(db, user, params.projectId)
    return saveFilter(db, { userId: user.id, projectId: params.projectId }, body)
  })

  registerRoute(app, routes.deleteSavedFilter, async ({ user, params }) => {
    await requireProjectView(db, user, params.projectId)
    await deleteFilter(db, { userId: user.id, projectId: params.projectId }, params.filterId)
    return null
  })
}
