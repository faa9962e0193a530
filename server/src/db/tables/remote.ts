import type {
  ImageId,
  ModelVersionId,
  OrganisationId,
  ProjectId,
  RemoteDelivery,
  RemoteJobId,
  RemoteJobState,
  RemoteSettings,
  RunId,
  UserId,
  WorkerOutcome,
  WorkerProgress,
  WorkerTokenId,
} from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder } from 'kysely'
import type { DefaultTime, Json, OptionalTime, Time } from './columns.ts'

export interface RemoteServersTable {
  project_id: ProjectId
  settings: Json<RemoteSettings>
  /** Grows with each change: what was asked under another one is void. */
  version: number
  /** Newest first. */
  sealed_secrets: ColumnType<SealedSecret[], RawBuilder<SealedSecret[]> | undefined, RawBuilder<SealedSecret[]>>
  sealed_bearer: string | null
  updated_at: DefaultTime
}

export interface SealedSecret {
  sealed: string
  hint: string
  createdAt: string
  /** Null: the newest, which is used until there is another. */
  expiresAt: string | null
}

export interface WorkerTokensTable {
  id: WorkerTokenId
  project_id: ProjectId | null
  organisation_id: OrganisationId | null
  name: string
  secret_hash: string
  created_by: UserId | null
  created_at: DefaultTime
  expires_at: Time | null
  last_used_at: OptionalTime
  last_used_by: Generated<string | null>
}

export interface RemoteJobsTable {
  id: RemoteJobId
  project_id: ProjectId
  kind: 'prelabel' | 'training'
  image_id: ImageId | null
  run_id: RunId | null
  server_version: number
  /** Which model a worker of our own was given. */
  model_version_id: Generated<ModelVersionId | null>
  state: RemoteJobState
  reason: Generated<string | null>
  /** How often it was handed out. */
  attempts: Generated<number>
  lease_id: Generated<string | null>
  worker_token_id: Generated<WorkerTokenId | null>
  lease_until: OptionalTime
  expires_at: Time | null
  /** Of a training. */
  progress: ColumnType<
    WorkerProgress | null,
    RawBuilder<WorkerProgress> | null | undefined,
    RawBuilder<WorkerProgress> | null
  >
  /** Of a training: what the worker said of the model it brought. */
  result: ColumnType<
    WorkerOutcome | null,
    RawBuilder<WorkerOutcome> | null | undefined,
    RawBuilder<WorkerOutcome> | null
  >
  /** Of a failed training: an error code. */
  code: Generated<string | null>
  created_at: DefaultTime
  finished_at: OptionalTime
}

export interface LabelStudioLinksTable {
  project_id: ProjectId
  user_id: UserId
  hostname: string
  sealed_token: string | null
  updated_at: DefaultTime
}

export interface RemoteDeliveriesTable {
  id: string
  project_id: ProjectId
  job_id: RemoteJobId | null
  image_id: ImageId | null
  direction: RemoteDelivery['direction']
  /** `webhook-id`: what was said under it once, was said. */
  message_id: string | null
  body_hash: string | null
  status: number | null
  outcome: RemoteDelivery['outcome']
  reason: string | null
  milliseconds: number | null
  at: DefaultTime
}

export interface RemoteTables {
  label_studio_links: LabelStudioLinksTable
  remote_servers: RemoteServersTable
  remote_jobs: RemoteJobsTable
  remote_deliveries: RemoteDeliveriesTable
  worker_tokens: WorkerTokensTable
}
