import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

export const rulesQuery = queryOptions({
  queryKey: ['administration', 'rules'] as const,
  queryFn: ({ signal }) => call(routes.getRules, { signal }),
})

export const allOrganisationsKey = ['administration', 'organisations'] as const

export const allOrganisationsQuery = (search: string) =>
  queryOptions({
    queryKey: [...allOrganisationsKey, search] as const,
    staleTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call(routes.listOrganisationsOfAll, { query: search.trim() ? { search: search.trim() } : {}, signal }),
  })
