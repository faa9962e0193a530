import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { listPredictions, requestPrelabel } from './predictions.service.ts'

export function registerPredictionRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'events' | 'jobs'>,
): void {
  registerRoute(app, routes.listPredictions, async ({ user, params }) => ({
    items: await listPredictions(context.db, user, params.imageId),
  }))

  registerRoute(app, routes.prelabelImage, async ({ user, params }) => requestPrelabel(context, user, params.imageId))
}
