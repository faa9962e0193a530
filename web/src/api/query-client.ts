import { QueryClient } from '@tanstack/react-query'
import { keys } from './keys.ts'
import { ApiProblem } from './problem.ts'

const shouldRetry = (attempts: number, error: Error) =>
  error instanceof ApiProblem && error.isTransient && error.code !== 'TOO_MANY_REQUESTS' && attempts < 3

export function makeQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: shouldRetry, refetchOnWindowFocus: false },
    },
  })
  client.getQueryCache().config.onError = (error, query) => {
    // The session ended, or a second factor has to be set up first: who asks for the account again is led there.
    const sessionEnded = error instanceof ApiProblem && ['NOT_SIGNED_IN', 'SECOND_FACTOR_REQUIRED'].includes(error.code)
    if (sessionEnded && query.queryKey[0] !== keys.me[0]) void client.resetQueries({ queryKey: keys.me })
  }
  return client
}
