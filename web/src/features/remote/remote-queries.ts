import { queryOptions } from '@tanstack/react-query'
import { type OrganisationId, type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

export const remoteKeys = {
  server: (projectId: string) => ['remote', projectId] as const,
  deliveries: (projectId: string) => ['remote', projectId, 'deliveries'] as const,
  tokens: (ofId: string) => ['worker-tokens', ofId] as const,
}

export const remoteQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: remoteKeys.server(projectId),
    queryFn: async ({ signal }) => (await call(routes.getRemote, { params: { projectId }, signal })).server,
  })

export const deliveriesQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: remoteKeys.deliveries(projectId),
    queryFn: ({ signal }) => call(routes.listDeliveries, { params: { projectId }, signal }),
    refetchInterval: 5000,
  })

/** Of a project, or of an organisation. */
export type TokenOwner = { projectId: ProjectId } | { organisationId: OrganisationId }

export const ownerId = (owner: TokenOwner): string => ('projectId' in owner ? owner.projectId : owner.organisationId)

export const workerTokensQuery = (owner: TokenOwner) =>
  queryOptions({
    queryKey: remoteKeys.tokens(ownerId(owner)),
    queryFn: async ({ signal }) =>
      'projectId' in owner
        ? (await call(routes.listWorkerTokens, { params: owner, signal })).items
        : (await call(routes.listOrganisationWorkerTokens, { params: owner, signal })).items,
  })
