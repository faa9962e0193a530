import { z } from 'zod'
import { InvitationId, OrganisationId, UserId } from '../ids.ts'
import { Holdings, Invitation, Member, Organisation, OrganisationName } from '../organisation.ts'
import { OrganisationRole } from '../rights.ts'
import { defineRoute } from '../route.ts'
import { SetQuota } from '../rules.ts'

const tag = 'organisations'
const params = z.object({ organisationId: OrganisationId })
const ofMember = params.extend({ userId: UserId })
const ofLink = z.object({ invitationToken: z.string().min(20).max(100) })

export const createOrganisation = defineRoute({
  method: 'POST',
  path: '/organisations',
  summary: 'Found an organisation; the caller is its owner.',
  tag,
  access: 'user',
  body: z.strictObject({ name: OrganisationName }),
  responses: { 201: Organisation },
})

export const listOrganisations = defineRoute({
  method: 'GET',
  path: '/organisations',
  summary: 'The organisations the caller is a member of.',
  tag,
  access: 'user',
  responses: { 200: z.object({ items: z.array(Organisation) }) },
})

export const getOrganisation = defineRoute({
  method: 'GET',
  path: '/organisations/:organisationId',
  summary: 'One organisation.',
  tag,
  access: 'view',
  params,
  responses: { 200: Organisation },
})

export const updateOrganisation = defineRoute({
  method: 'PATCH',
  path: '/organisations/:organisationId',
  summary: 'Rename an organisation.',
  tag,
  access: 'manage',
  params,
  body: z.strictObject({ name: OrganisationName }),
  responses: { 200: Organisation },
})

export const putQuota = defineRoute({
  method: 'PUT',
  path: '/organisations/:organisationId/quota',
  summary: 'Limit what an organisation uses.',
  tag,
  access: 'administrator',
  params,
  body: SetQuota.strict(),
  responses: { 200: Organisation },
})

export const getHoldings = defineRoute({
  method: 'GET',
  path: '/organisations/:organisationId/holdings',
  summary: 'What belongs to an organisation: what it uses now, and what would go with it.',
  tag,
  access: 'manage',
  params,
  responses: { 200: Holdings },
})

export const deleteOrganisation = defineRoute({
  method: 'DELETE',
  path: '/organisations/:organisationId',
  summary:
    'End an organisation. `bin`: its projects go to the bin of the caller, who can restore them for a while; `keep`: they become projects of the caller.',
  tag,
  access: 'own',
  params,
  body: z.strictObject({ projects: z.enum(['bin', 'keep']) }),
  responses: { 204: null },
})

export const listMembers = defineRoute({
  method: 'GET',
  path: '/organisations/:organisationId/members',
  summary: 'Who belongs to an organisation, with their roles.',
  tag,
  access: 'view',
  params,
  responses: { 200: z.object({ items: z.array(Member) }) },
})

export const changeMember = defineRoute({
  method: 'PATCH',
  path: '/organisations/:organisationId/members/:userId',
  summary: "Change a member's role. Only owners make owners; one owner stays.",
  tag,
  access: 'manage',
  params: ofMember,
  body: z.strictObject({ role: OrganisationRole }),
  responses: { 200: Member },
})

export const removeMember = defineRoute({
  method: 'DELETE',
  path: '/organisations/:organisationId/members/:userId',
  summary: 'Take somebody out of an organisation. What they made stays.',
  tag,
  access: 'manage',
  params: ofMember,
  responses: { 204: null },
})

export const leaveOrganisation = defineRoute({
  method: 'POST',
  path: '/organisations/:organisationId/leave',
  summary: 'Leave an organisation. What the caller made stays; the last owner cannot leave.',
  tag,
  isOpenUnsecured: true,
  access: 'view',
  params,
  responses: { 204: null },
})

export const createInvitation = defineRoute({
  method: 'POST',
  path: '/organisations/:organisationId/invitations',
  summary: 'Invite by mail, or by a link to pass on. One use. The link is shown this once.',
  tag,
  access: 'manage',
  params,
  body: z.strictObject({
    role: OrganisationRole,
    /** Only an account of this address can accept, and a mail goes there. */
    email: z.email().max(254).nullable().default(null),
    expiresInDays: z.int().min(1).max(30).default(7),
  }),
  responses: { 201: z.object({ invitation: Invitation, link: z.string() }) },
})

export const listInvitations = defineRoute({
  method: 'GET',
  path: '/organisations/:organisationId/invitations',
  summary: 'Invitations nobody accepted yet.',
  tag,
  access: 'manage',
  params,
  responses: { 200: z.object({ items: z.array(Invitation) }) },
})

export const deleteInvitation = defineRoute({
  method: 'DELETE',
  path: '/organisations/:organisationId/invitations/:invitationId',
  summary: 'Take an invitation back.',
  tag,
  access: 'manage',
  params: params.extend({ invitationId: InvitationId }),
  responses: { 204: null },
})

export const readInvitation = defineRoute({
  method: 'GET',
  path: '/invitations/:invitationToken',
  summary: 'Who invites the holder of this link, to what. 404 once it was used, taken back or ran out.',
  tag,
  access: 'none',
  params: ofLink,
  responses: {
    200: z.object({
      organisation: z.string(),
      role: OrganisationRole,
      invitedBy: z.string(),
      isForOneAddress: z.boolean(),
    }),
  },
})

export const acceptInvitation = defineRoute({
  method: 'POST',
  path: '/invitations/:invitationToken/accept',
  summary: 'Become a member.',
  tag,
  access: 'holder',
  params: ofLink,
  responses: { 200: Organisation },
})
