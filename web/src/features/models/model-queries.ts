import { queryOptions } from '@tanstack/react-query'
import { type ComparisonId, type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

const LOOK_AGAIN_MS = 1000

/** Below the key of the models, so that it is asked for again when they change. */
export const servingsQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: [...keys.models(projectId), 'servings'],
    queryFn: ({ signal }) => call(routes.listServings, { params: { projectId }, signal }),
  })

export const heldOutQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: [...keys.models(projectId), 'held-out'],
    queryFn: ({ signal }) => call(routes.getHeldOut, { params: { projectId }, signal }),
  })

/** Asks again until the comparison is made. */
export const comparisonQuery = (comparisonId: ComparisonId) =>
  queryOptions({
    queryKey: ['comparison', comparisonId],
    queryFn: ({ signal }) => call(routes.getComparison, { params: { comparisonId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? LOOK_AGAIN_MS : false),
  })
