import { queryOptions } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'] as const,
  queryFn: ({ signal }) => call(routes.listPasskeys, { signal }),
})
