import { queryOptions } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ApiProblem } from '../../api/problem.ts'

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    try {
      return await call(routes.me, { signal })
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'NOT_SIGNED_IN') return null
      throw error
    }
  },
})

export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: ({ signal }) => call(routes.setupState, { signal }),
})

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => call(routes.listTokens, { signal }),
})

export const securityKeys = {
  security: ['security'] as const,
  sessions: ['sessions'] as const,
  providers: ['linked-providers'] as const,
  archives: ['own-archives'] as const,
}

export const securityQuery = queryOptions({
  queryKey: securityKeys.security,
  queryFn: ({ signal }) => call(routes.getSecurity, { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: securityKeys.sessions,
  queryFn: ({ signal }) => call(routes.listSessions, { signal }),
})

export const providersQuery = queryOptions({
  queryKey: ['providers'] as const,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => call(routes.listProviders, { signal }),
})

export const linkedProvidersQuery = queryOptions({
  queryKey: securityKeys.providers,
  queryFn: ({ signal }) => call(routes.listLinkedProviders, { signal }),
})

const LOOK_EVERY_MS = 2000

export const archivesQuery = queryOptions({
  queryKey: securityKeys.archives,
  queryFn: ({ signal }) => call(routes.listOwnArchives, { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some((each) => each.state === 'pending') ? LOOK_EVERY_MS : false),
})
