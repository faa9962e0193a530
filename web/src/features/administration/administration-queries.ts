import { queryOptions } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

export const administrationKeys = {
  accounts: ['administration', 'accounts'] as const,
  announcements: ['announcements'] as const,
}

export const overviewQuery = queryOptions({
  queryKey: ['administration', 'overview'] as const,
  refetchInterval: 60_000,
  queryFn: ({ signal }) => call(routes.getOverview, { signal }),
})

export const settingsQuery = queryOptions({
  queryKey: ['administration', 'settings'] as const,
  queryFn: ({ signal }) => call(routes.listSettings, { signal }),
})

export const allAnnouncementsQuery = queryOptions({
  queryKey: [...administrationKeys.announcements, 'all'] as const,
  staleTime: 0,
  queryFn: ({ signal }) => call(routes.listAnnouncements, { signal }),
})
