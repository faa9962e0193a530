import type { InvitationId, OrganisationId, OrganisationRole, UserId } from '@vesalius/contracts'
import type { ColumnType } from 'kysely'
import type { DefaultTime, OptionalTime, Time } from './columns.ts'

export interface OrganisationsTable {
  id: OrganisationId
  name: string
  quota_storage_bytes: number | null
  quota_active_runs: number | null
  second_factor_days: ColumnType<number | null, number | null | undefined, number | null>
  second_factor_since: OptionalTime
  created_by: UserId | null
  created_at: DefaultTime
  updated_at: DefaultTime
}

export interface OrganisationMembersTable {
  organisation_id: OrganisationId
  user_id: UserId
  role: OrganisationRole
  /** The sign-in service whose groups gave the membership; null: a person did. */
  granted_by: ColumnType<string | null, string | null | undefined, string | null>
  created_at: DefaultTime
}

export interface OrganisationInvitationsTable {
  id: InvitationId
  organisation_id: OrganisationId
  email: string | null
  role: OrganisationRole
  secret_hash: string
  invited_by: UserId
  created_at: DefaultTime
  expires_at: Time
}

export interface OrganisationTables {
  organisations: OrganisationsTable
  organisation_members: OrganisationMembersTable
  organisation_invitations: OrganisationInvitationsTable
}
