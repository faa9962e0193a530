import { z } from 'zod'
import { OrganisationId, ProjectId, UserId, WebhookDeliveryId, WebhookId } from './ids.ts'
import { Timestamp } from './time.ts'

/** Messages that this server sends to addresses of people when something happens. The protocol stands in `docs/webhooks.md`. */

/** What can be told, in the order of a list to choose from. */
export const WEBHOOK_EVENTS = [
  'image.uploaded',
  'image.prelabelled',
  'image.prelabel_failed',
  'image.deleted',
  'label.submitted',
  'label.reviewed',
  'training.ended',
  'model.promoted',
  'model.rolled_back',
  'import.ended',
  'export.ended',
  'classes.changed',
  'project.created',
  'project.deleted',
] as const
export const WebhookEvent = z.enum(WEBHOOK_EVENTS).meta({ id: 'WebhookEvent' })
export type WebhookEvent = z.infer<typeof WebhookEvent>

/** Only an organisation sees these happen. */
export const isOfOrganisation = (event: WebhookEvent): boolean =>
  event === 'project.created' || event === 'project.deleted'

export const WebhookSettings = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    url: z.url({ protocol: /^https?$/ }).max(2000),
    events: z.array(WebhookEvent).min(1).max(WEBHOOK_EVENTS.length),
  })
  .meta({ id: 'WebhookSettings' })
export type WebhookSettings = z.infer<typeof WebhookSettings>

/** Why it sends nothing: a person turned it off, nothing arrived for days, or the address said that it is gone (410). */
export const WebhookOff = z.enum(['person', 'failing', 'gone']).meta({ id: 'WebhookOff' })
export type WebhookOff = z.infer<typeof WebhookOff>

export const Webhook = z
  .object({
    id: WebhookId,
    projectId: ProjectId.nullable(),
    organisationId: OrganisationId.nullable(),
    ...WebhookSettings.shape,
    /** Null while it sends. */
    off: WebhookOff.nullable(),
    /** Since when nothing has arrived; null while things do. */
    failingSince: Timestamp.nullable(),
    /** Secrets that are valid now, newest first; each was shown once. */
    secrets: z.array(z.object({ hint: z.string(), createdAt: Timestamp, expiresAt: Timestamp.nullable() })),
    /** How many messages wait to be sent, or to be sent again. */
    waiting: z.int(),
    createdBy: UserId.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof Webhook>

export const WebhookDeliveryState = z.enum(['waiting', 'delivered', 'failed']).meta({ id: 'WebhookDeliveryState' })
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>

/** One message; its id is the header `webhook-id` of every try. */
export const WebhookDelivery = z
  .object({
    id: WebhookDeliveryId,
    webhookId: WebhookId,
    type: z.string(),
    state: WebhookDeliveryState,
    tries: z.int(),
    /** Of the last try: HTTP status, null where nobody answered. */
    status: z.int().nullable(),
    createdAt: Timestamp,
    /** When it is tried next; null once it arrived or was given up. */
    nextAt: Timestamp.nullable(),
  })
  .meta({ id: 'WebhookDelivery' })
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

export const WebhookTry = z
  .object({
    at: Timestamp,
    milliseconds: z.int(),
    requestHeaders: z.record(z.string(), z.string()),
    status: z.int().nullable(),
    responseHeaders: z.record(z.string(), z.string()),
    /** The beginning of the answer. */
    response: z.string(),
    /** Why it did not arrive. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'WebhookTry' })
export type WebhookTry = z.infer<typeof WebhookTry>

/** What a receiver gets. Ids only: names of images may tell who the patient is. */
export const WebhookMessage = z
  .object({
    type: z.union([WebhookEvent, z.literal('webhook.test')]),
    timestamp: Timestamp,
    data: z.object({
      projectId: z.string().nullable(),
      organisationId: z.string().nullable(),
      /** Who did it; null: nobody signed in, or the server itself. */
      by: z.string().nullable(),
      imageId: z.string().optional(),
      revision: z.int().optional(),
      decision: z.enum(['accepted', 'rejected']).optional(),
      /** The training, import, export, model or change of classes that it is about. */
      runId: z.string().optional(),
      importId: z.string().optional(),
      exportId: z.string().optional(),
      modelVersionId: z.string().optional(),
      classEditId: z.string().optional(),
      /** How a training, import or export ended. */
      state: z.enum(['succeeded', 'failed', 'cancelled']).optional(),
      /** Of an import: of images, or of annotations. */
      kind: z.enum(['images', 'annotations']).optional(),
      /** Why a first guess failed. */
      code: z.string().optional(),
    }),
  })
  .meta({ id: 'WebhookMessage' })
export type WebhookMessage = z.infer<typeof WebhookMessage>
