import type { Tracing } from '../tracing/tracing.ts'
import type { Outgoing } from './outgoing.ts'

/** Calls to others with a span each, which names the host alone: paths and queries may speak of patients. */
export function traced(outgoing: Outgoing, tracing: Pick<Tracing, 'call'>): Outgoing {
  return {
    request: (url, options) =>
      tracing.call({ method: options.method ?? 'GET', host: URL.parse(String(url))?.hostname ?? '' }, async (tell) => {
        const answer = await outgoing.request(url, options)
        tell({ 'http.response.status_code': answer.status })
        return answer
      }),
  }
}
