import type { OrganisationId, ProjectId, UserId } from '@vesalius/contracts'
import type { ColumnType } from 'kysely'
import type { Time } from './columns.ts'

export interface AuditEventsTable {
  seq: number
  at: Time
  actor_id: UserId | null
  actor_by: string
  via: string | null
  reason: string | null
  action: 'create' | 'change' | 'delete'
  subject: string
  subject_id: string
  project_id: ProjectId | null
  organisation_id: OrganisationId | null
  before: ColumnType<Record<string, unknown> | null, never, never>
  after: ColumnType<Record<string, unknown> | null, never, never>
  hash: ColumnType<Uint8Array, never, never>
}

export interface AuditTables {
  audit_events: AuditEventsTable
}
