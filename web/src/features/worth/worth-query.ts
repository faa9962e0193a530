import { queryOptions } from '@tanstack/react-query'
import { type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'

const POLL_MS = 1500

/** Asks for the figures to be brought up to date, then follows them until they are. */
export const worthQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: keys.worth(projectId),
    queryFn: ({ signal }) => call(routes.measureWorth, { params: { projectId }, signal }),
    refetchInterval: ({ state }) => (state.data?.isMeasuring ? POLL_MS : false),
    staleTime: 0,
  })
