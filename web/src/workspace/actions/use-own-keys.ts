import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Preferences, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { useAct } from '../../ui/use-act.ts'
import type { OwnKeys } from './bindings.ts'

const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => call(routes.getPreferences, { signal }),
})
const NONE: OwnKeys = {}

/** The keys a person chose, kept with their account. */
export function useOwnKeys(): { own: OwnKeys; save: (own: OwnKeys) => void } {
  const client = useQueryClient()
  const act = useAct()
  const { data } = useQuery(preferencesQuery)
  return {
    own: data?.shortcuts ?? NONE,
    save: (own) => {
      const next = {
        ...data,
        shortcuts: Object.fromEntries(Object.entries(own).map(([name, keys]) => [name, [...keys]])),
      }
      const before = data
      client.setQueryData<Preferences>(preferencesQuery.queryKey, next)
      act(async () => {
        try {
          await call(routes.putPreferences, { body: next })
        } catch (error) {
          client.setQueryData<Preferences>(preferencesQuery.queryKey, before)
          throw error
        }
      })
    },
  }
}
