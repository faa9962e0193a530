import { queryOptions } from '@tanstack/react-query'
import { type OrganisationId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

export const organisationKeys = {
  all: ['organisations'] as const,
  one: (id: string) => ['organisations', id] as const,
  members: (id: string) => ['organisations', id, 'members'] as const,
  invitations: (id: string) => ['organisations', id, 'invitations'] as const,
  holdings: (id: string) => ['organisations', id, 'holdings'] as const,
}

export const organisationsQuery = queryOptions({
  queryKey: organisationKeys.all,
  queryFn: async ({ signal }) => (await call(routes.listOrganisations, { signal })).items,
})

export const organisationQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: organisationKeys.one(organisationId),
    queryFn: ({ signal }) => call(routes.getOrganisation, { params: { organisationId }, signal }),
  })

export const membersQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: organisationKeys.members(organisationId),
    queryFn: async ({ signal }) => (await call(routes.listMembers, { params: { organisationId }, signal })).items,
  })

export const invitationsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: organisationKeys.invitations(organisationId),
    queryFn: async ({ signal }) => (await call(routes.listInvitations, { params: { organisationId }, signal })).items,
  })

export const holdingsQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: organisationKeys.holdings(organisationId),
    queryFn: ({ signal }) => call(routes.getHoldings, { params: { organisationId }, signal }),
  })
