import { z } from 'zod'
import { Account } from '../administration.ts'
import { OrganisationId, UserId } from '../ids.ts'
import { Organisation } from '../organisation.ts'
import { defineRoute } from '../route.ts'
import { InstallationRules, Quota, SecondFactorRuleInput, SetQuota, Usage } from '../rules.ts'

const tag = 'administration'
const access = 'administrator'
const ofAccount = z.object({ userId: UserId })
const ofOrganisation = z.object({ organisationId: OrganisationId })

export const getRules = defineRoute({
  method: 'GET',
  path: '/administration/rules',
  summary: 'What the installation asks of everybody, and the quotas of whoever has none of their own.',
  tag,
  access,
  responses: { 200: InstallationRules },
})

export const putSecondFactorRule = defineRoute({
  method: 'PUT',
  path: '/administration/rules/second-factor',
  summary: 'Ask everybody who signs in with a password for a second factor, after days of grace; null: nobody.',
  tag,
  access,
  body: SecondFactorRuleInput,
  responses: { 200: InstallationRules },
})

export const putDefaultQuotas = defineRoute({
  method: 'PUT',
  path: '/administration/rules/quotas',
  summary: 'Limit what each person and each organisation uses, where nothing else is set for them.',
  tag,
  access,
  body: z.strictObject({ person: Quota.strict(), organisation: Quota.strict() }),
  responses: { 200: InstallationRules },
})

export const putAccountQuota = defineRoute({
  method: 'PUT',
  path: '/administration/accounts/:userId/quota',
  summary: 'Limit what one person uses.',
  tag,
  access,
  params: ofAccount,
  body: SetQuota.strict(),
  responses: { 200: Account },
})

export const resetSecondFactor = defineRoute({
  method: 'DELETE',
  path: '/administration/accounts/:userId/second-factor',
  summary: 'Take the second factor and all passkeys of somebody who lost them, and end their sessions.',
  tag,
  access,
  params: ofAccount,
  responses: { 204: null },
})

export const putOrganisationSecondFactor = defineRoute({
  method: 'PUT',
  path: '/organisations/:organisationId/second-factor',
  summary: 'Ask every member who signs in with a password for a second factor, after days of grace; null: nobody.',
  tag: 'organisations',
  access: 'manage',
  params: ofOrganisation,
  body: SecondFactorRuleInput,
  responses: { 200: Organisation },
})

export const listOrganisationsOfAll = defineRoute({
  method: 'GET',
  path: '/administration/organisations',
  summary: 'All organisations with what they use and may use, by name.',
  tag,
  access,
  query: z.object({ search: z.string().trim().max(100).optional() }),
  responses: { 200: z.object({ items: z.array(z.object({ organisation: Organisation, usage: Usage })) }) },
})

export const getOwnUsage = defineRoute({
  method: 'GET',
  path: '/me/usage',
  summary: "What the caller's own projects use of their quota.",
  tag: 'accounts',
  access: 'user',
  responses: { 200: Usage },
})
