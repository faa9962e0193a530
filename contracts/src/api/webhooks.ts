import { z } from 'zod'
import { OrganisationId, ProjectId, WebhookDeliveryId, WebhookId } from '../ids.ts'
import { PageQuery, pageOf } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { Webhook, WebhookDelivery, WebhookDeliveryState, WebhookSettings, WebhookTry } from '../webhook.ts'

const tag = 'webhooks'
const ofProject = z.object({ projectId: ProjectId })
const ofOrganisation = z.object({ organisationId: OrganisationId })
const ofWebhook = z.object({ webhookId: WebhookId })
const ofDelivery = z.object({ webhookId: WebhookId, deliveryId: WebhookDeliveryId })
const made = z.object({ webhook: Webhook, secret: z.string() })
const list = z.object({ items: z.array(Webhook) })

export const listWebhooks = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/webhooks',
  summary: 'Addresses that are told when something happens in a project.',
  tag,
  access: 'manage',
  params: ofProject,
  responses: { 200: list },
})

export const createWebhook = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/webhooks',
  summary:
    'Tell an address, signed by Standard Webhooks, when something happens in a project. Its secret is shown this once.',
  tag,
  access: 'manage',
  params: ofProject,
  body: WebhookSettings,
  responses: { 201: made },
})

export const listOrganisationWebhooks = defineRoute({
  method: 'GET',
  path: '/organisations/:organisationId/webhooks',
  summary: 'Addresses that are told when something happens in any project of an organisation.',
  tag,
  access: 'manage',
  params: ofOrganisation,
  responses: { 200: list },
})

export const createOrganisationWebhook = defineRoute({
  method: 'POST',
  path: '/organisations/:organisationId/webhooks',
  summary: 'The same for all projects of an organisation.',
  tag,
  access: 'manage',
  params: ofOrganisation,
  body: WebhookSettings,
  responses: { 201: made },
})

export const updateWebhook = defineRoute({
  method: 'PATCH',
  path: '/webhooks/:webhookId',
  summary: 'Change a webhook, or turn it on or off. What happens while it is off is not told later.',
  tag,
  access: 'manage',
  params: ofWebhook,
  body: WebhookSettings.partial().extend({ isOn: z.boolean().optional() }),
  responses: { 200: Webhook },
})

export const deleteWebhook = defineRoute({
  method: 'DELETE',
  path: '/webhooks/:webhookId',
  summary: 'Remove a webhook and its log.',
  tag,
  access: 'manage',
  params: ofWebhook,
  responses: { 204: null },
})

export const rotateWebhookSecret = defineRoute({
  method: 'POST',
  path: '/webhooks/:webhookId/secrets',
  summary: 'Make a new secret, shown this once. For a day messages carry a signature by the one before as well.',
  tag,
  access: 'manage',
  params: ofWebhook,
  responses: { 201: made },
})

export const testWebhook = defineRoute({
  method: 'POST',
  path: '/webhooks/:webhookId/test',
  summary: 'Send a message of type `webhook.test` at once, also while it is off, and say what came back.',
  tag,
  access: 'manage',
  params: ofWebhook,
  responses: { 200: z.object({ delivery: WebhookDelivery, attempt: WebhookTry }) },
})

export const listWebhookDeliveries = defineRoute({
  method: 'GET',
  path: '/webhooks/:webhookId/deliveries',
  summary: 'Messages of a webhook, newest first. They are kept for 30 days.',
  tag,
  access: 'manage',
  params: ofWebhook,
  query: PageQuery.extend({ state: WebhookDeliveryState.optional() }),
  responses: { 200: pageOf(WebhookDelivery) },
})

export const getWebhookDelivery = defineRoute({
  method: 'GET',
  path: '/webhooks/:webhookId/deliveries/:deliveryId',
  summary: 'A message as it was sent, and every try with what came back.',
  tag,
  access: 'manage',
  params: ofDelivery,
  responses: { 200: z.object({ delivery: WebhookDelivery, body: z.string(), attempts: z.array(WebhookTry) }) },
})

export const resendWebhookDelivery = defineRoute({
  method: 'POST',
  path: '/webhooks/:webhookId/deliveries/:deliveryId/resend',
  summary: 'Send a message again, under the same `webhook-id`, with all its tries before it.',
  tag,
  access: 'manage',
  params: ofDelivery,
  responses: { 202: WebhookDelivery },
})
