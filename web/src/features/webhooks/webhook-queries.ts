import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import {
  type OrganisationId,
  type ProjectId,
  routes,
  type WebhookDeliveryId,
  type WebhookDeliveryState,
  type WebhookId,
} from '@vesalius/contracts'
import { call } from '../../api/call.ts'

/** Of a project, or of an organisation. */
export type WebhookOwner = { projectId: ProjectId } | { organisationId: OrganisationId }

const ownerId = (owner: WebhookOwner): string => ('projectId' in owner ? owner.projectId : owner.organisationId)

export const webhookKeys = {
  list: (owner: WebhookOwner) => ['webhooks', ownerId(owner)] as const,
  deliveries: (id: WebhookId) => ['webhook-deliveries', id] as const,
}

export const webhooksQuery = (owner: WebhookOwner) =>
  queryOptions({
    queryKey: webhookKeys.list(owner),
    queryFn: async ({ signal }) =>
      'projectId' in owner
        ? (await call(routes.listWebhooks, { params: owner, signal })).items
        : (await call(routes.listOrganisationWebhooks, { params: owner, signal })).items,
  })

export const webhookDeliveriesQuery = (id: WebhookId, state: WebhookDeliveryState | null) =>
  infiniteQueryOptions({
    queryKey: [...webhookKeys.deliveries(id), state],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 20, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) }
      return call(routes.listWebhookDeliveries, { params: { webhookId: id }, query, signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 5000,
  })

export const webhookDeliveryQuery = (webhookId: WebhookId, deliveryId: WebhookDeliveryId, tries: number) =>
  queryOptions({
    queryKey: [...webhookKeys.deliveries(webhookId), deliveryId, tries],
    queryFn: ({ signal }) => call(routes.getWebhookDelivery, { params: { webhookId, deliveryId }, signal }),
  })
