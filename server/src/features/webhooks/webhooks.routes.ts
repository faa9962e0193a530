import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireInOrganisation, requireProject } from '../projects/access.ts'
import { findDelivery, listDeliveries, listTries, presentDelivery } from './deliveries.queries.ts'
import {
  createWebhook,
  listWebhooks,
  requireWebhook,
  resendDelivery,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from './webhooks.service.ts'

export function registerWebhookRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  registerRoute(app, routes.listWebhooks, async ({ user, params }) => {
    const { id: projectId } = await requireProject(db, user, params.projectId, 'manage')
    return { items: await listWebhooks(db, { projectId }) }
  })

  registerRoute(app, routes.createWebhook, async ({ user, params, body }) => {
    const { id: projectId } = await requireProject(db, user, params.projectId, 'manage')
    return createWebhook(context, { projectId }, user.id, body)
  })

  registerRoute(app, routes.listOrganisationWebhooks, async ({ user, params: { organisationId } }) => {
    requireInOrganisation(user, organisationId, 'manage')
    return { items: await listWebhooks(db, { organisationId }) }
  })

  registerRoute(app, routes.createOrganisationWebhook, async ({ user, params: { organisationId }, body }) => {
    requireInOrganisation(user, organisationId, 'manage')
    return createWebhook(context, { organisationId }, user.id, body)
  })

  registerRoute(app, routes.updateWebhook, async ({ user, params, body }) =>
    updateWebhook(db, await requireWebhook(db, user, params.webhookId), body),
  )

  registerRoute(app, routes.deleteWebhook, async ({ user, params }) => {
    const { id } = await requireWebhook(db, user, params.webhookId)
    await db.deleteFrom('webhooks').where('id', '=', id).execute()
    return null
  })

  registerRoute(app, routes.rotateWebhookSecret, async ({ user, params }) =>
    rotateWebhookSecret(context, await requireWebhook(db, user, params.webhookId)),
  )

  registerRoute(app, routes.testWebhook, async ({ user, params }) =>
    testWebhook(context, await requireWebhook(db, user, params.webhookId), user.id),
  )

  registerRoute(app, routes.listWebhookDeliveries, async ({ user, params, query }) => {
    const { id } = await requireWebhook(db, user, params.webhookId)
    return listDeliveries(db, id, query)
  })

  registerRoute(app, routes.getWebhookDelivery, async ({ user, params }) => {
    const { id } = await requireWebhook(db, user, params.webhookId)
    const delivery = await findDelivery(db, id, params.deliveryId)
    return {
      delivery: presentDelivery(delivery),
      body: delivery.body,
      attempts: await listTries(db, delivery.id),
    }
  })

  registerRoute(app, routes.resendWebhookDelivery, async ({ user, params }) =>
    resendDelivery(db, await requireWebhook(db, user, params.webhookId), params.deliveryId),
  )
}
