import {
  fillPath,
  pathOf,
  type Route,
  type RouteAnswer,
  type RouteBodyInput,
  type RouteParams,
  type RouteQueryInput,
} from '@vesalius/contracts'
import { ApiProblem, problemFrom } from './problem.ts'

type Field<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : undefined extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value }

/** What a route needs: its parameters, query and body, each only where the route has one. */
export type CallInput<R extends Route> = Field<'params', RouteParams<R>> &
  Field<'query', Partial<Exclude<RouteQueryInput<R>, undefined>> | undefined> &
  Field<'body', RouteBodyInput<R>> & { ifMatch?: string; signal?: AbortSignal }

export interface Exchange<Body> {
  body: Body
  etag: string | null
}

/** Calls a route of the server and gives its body. The server checks its answers against the same contracts. */
export async function call<const R extends Route>(route: R, input: CallInput<R>): Promise<RouteAnswer<R>> {
  return (await exchange(route, input)).body
}

/** As `call`, with the answer's `ETag`. Throws ApiProblem; a request that was aborted throws AbortError. */
export async function exchange<const R extends Route>(
  route: R,
  input: CallInput<R>,
): Promise<Exchange<RouteAnswer<R>>> {
  const loose = input as LooseInput
  const headers = new Headers({ accept: 'application/json' })
  if (loose.body !== undefined) headers.set('content-type', 'application/json')
  if (loose.ifMatch !== undefined) headers.set('if-match', loose.ifMatch)
  const response = await send(urlOf(route, loose), {
    method: route.method,
    headers,
    credentials: 'same-origin',
    ...(loose.body === undefined ? {} : { body: JSON.stringify(loose.body) }),
    ...(loose.signal === undefined ? {} : { signal: loose.signal }),
  })
  const body = await readJson(response)
  if (!response.ok) throw problemFrom(response.status, body)
  return { body: body as RouteAnswer<R>, etag: response.headers.get('etag') }
}

/** Sends a form, files and all, to a route that takes one. */
export async function sendForm<const R extends Route>(
  route: R,
  input: Pick<LooseInput, 'params' | 'query'>,
  form: FormData,
): Promise<RouteAnswer<R>> {
  const init = { method: route.method, headers: { accept: 'application/json' }, body: form }
  const response = await send(urlOf(route, input), { ...init, credentials: 'same-origin' })
  const body = await readJson(response)
  if (!response.ok) throw problemFrom(response.status, body)
  return body as RouteAnswer<R>
}

export interface LooseInput {
  params?: Record<string, string | number>
  query?: Record<string, unknown>
  body?: unknown
  ifMatch?: string
  signal?: AbortSignal
}

/** The address of a route; query fields that are undefined are left out. */
export function urlOf(route: Route, input: Pick<LooseInput, 'params' | 'query'> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) search.set(name, String(value))
  }
  const query = search.size > 0 ? `?${search}` : ''
  return `${fillPath(pathOf(route), input.params)}${query}`
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem('OFFLINE', 0)
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
