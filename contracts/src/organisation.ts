import { z } from 'zod'
import { InvitationId, OrganisationId, UserId } from './ids.ts'
import { OrganisationRole } from './rights.ts'
import { Quota, SecondFactorRule, SetQuota } from './rules.ts'
import { Timestamp } from './time.ts'

export const OrganisationName = z.string().trim().min(1).max(120)

export const Organisation = z
  .object({
    id: OrganisationId,
    name: z.string(),
    /** The caller's role; null for an administrator of the installation who is no member. */
    role: OrganisationRole.nullable(),
    members: z.int(),
    projects: z.int(),
    quota: SetQuota,
    secondFactor: SecondFactorRule.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Organisation' })
export type Organisation = z.infer<typeof Organisation>

export const Member = z
  .object({ id: UserId, username: z.string(), role: OrganisationRole, joinedAt: Timestamp })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

/** An invitation as listed to those who manage the organisation; its link is shown once, when it is made. */
export const Invitation = z
  .object({
    id: InvitationId,
    email: z.string().nullable(),
    role: OrganisationRole,
    invitedBy: z.string(),
    createdAt: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>

/** What belongs to an organisation, told before it is deleted, and what it uses of its quota. */
export const Holdings = z
  .object({
    projects: z.int(),
    images: z.int(),
    /** Of pictures and models. */
    bytes: z.int(),
    models: z.int(),
    members: z.int(),
    activeRuns: z.int(),
    limits: Quota,
  })
  .meta({ id: 'Holdings' })
export type Holdings = z.infer<typeof Holdings>
