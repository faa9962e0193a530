import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { Assistant } from './assist.service.ts'

export function registerAssistRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'pictures' | 'predictor'>,
): void {
  const assistant = new Assistant(context)

  registerRoute(app, routes.assist, async ({ user, params, body }) => assistant.ask(user, params.imageId, body))
}
