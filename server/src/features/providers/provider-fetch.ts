import { text } from 'node:stream/consumers'
import type { Outgoing } from '../../outgoing/outgoing.ts'

const BOUNDS = { timeoutMs: 15_000, maxBytes: 1024 ** 2, maxRedirects: 0 }

interface Call {
  method?: string | undefined
  headers?: Record<string, string> | undefined
  body?: unknown
}

/** `fetch` for sign-in services: bounded, no redirects, to checked addresses alone. */
export function openProviderFetch(outgoing: Outgoing) {
  return async (address: string | URL, { method, headers, body }: Call = {}): Promise<Response> => {
    const answer = await outgoing.request(address, {
      ...BOUNDS,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: { accept: 'application/json', ...headers },
      ...(body === undefined || body === null ? {} : { body: String(body) }),
    })
    const content = await text(answer.body)
    const type = answer.headers['content-type']
    const isEmpty = answer.status === 204 || answer.status === 304
    return new Response(isEmpty ? null : content, {
      status: answer.status,
      headers: type ? { 'content-type': type } : {},
    })
  }
}

export type ProviderFetch = ReturnType<typeof openProviderFetch>
