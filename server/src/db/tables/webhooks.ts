import type {
  OrganisationId,
  ProjectId,
  UserId,
  WebhookDeliveryId,
  WebhookDeliveryState,
  WebhookEvent,
  WebhookId,
  WebhookOff,
} from '@vesalius/contracts'
import type { Generated } from 'kysely'
import type { DefaultTime, Json, OptionalTime } from './columns.ts'
import type { SealedSecret } from './remote.ts'

export interface WebhooksTable {
  id: WebhookId
  project_id: ProjectId | null
  organisation_id: OrganisationId | null
  name: string
  url: string
  events: Json<WebhookEvent[]>
  /** Newest first. */
  sealed_secrets: Json<SealedSecret[]>
  off: WebhookOff | null
  /** Of the record of changes: only what comes after it is told. */
  from_seq: number
  failing_since: OptionalTime
  /** Tries since something arrived. */
  failures: Generated<number>
  paused_until: OptionalTime
  created_by: UserId | null
  created_at: DefaultTime
}

export interface WebhookDeliveriesTable {
  id: WebhookDeliveryId
  webhook_id: WebhookId
  /** The recorded change that it tells of; null: a test. */
  seq: number | null
  type: string
  body: string
  state: Generated<WebhookDeliveryState>
  tries: Generated<number>
  status: Generated<number | null>
  next_at: OptionalTime
  created_at: DefaultTime
}

export interface WebhookTriesTable {
  delivery_id: WebhookDeliveryId
  place: number
  at: DefaultTime
  milliseconds: number
  request_headers: Json<Record<string, string>>
  status: number | null
  response_headers: Json<Record<string, string>>
  response: string
  reason: string | null
}

export interface WebhookTables {
  webhooks: WebhooksTable
  webhook_deliveries: WebhookDeliveriesTable
  webhook_tries: WebhookTriesTable
}
