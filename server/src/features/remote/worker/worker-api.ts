import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  fillPath,
  pathOf,
  type Route,
  type RouteAnswer,
  type RouteBodyInput,
  type RouteParams,
  type RouteQueryInput,
  routes,
} from '@vesalius/contracts'

/** The server said no; `status` says how. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }

  /** The job is another's, was stopped, or the token is gone: whatever was being done for it is void. */
  get isLost(): boolean {
    return [401, 404, 409].includes(this.status)
  }
}

const CALL_MS = 60_000
/** Of a file, whole. */
const FILE_MS = 3_600_000

interface Input {
  params?: unknown
  query?: unknown
  body?: unknown
}

/** The server's routes for workers, called with the token. Throws RefusedError, or what `fetch` throws without a server. */
export interface WorkerApi {
  call<const R extends Route>(
    route: R,
    input: { params?: RouteParams<R>; query?: RouteQueryInput<R>; body?: RouteBodyInput<R> },
    signal?: AbortSignal,
  ): Promise<RouteAnswer<R>>
  /** The bytes of a file. */
  fetchFile(route: Route, input: Input, signal?: AbortSignal): Promise<Readable>
  sendModel(job: { id: string; lease: string }, file: string, sha256: string, signal?: AbortSignal): Promise<void>
}

export function openWorkerApi({ url, token }: { url: string; token: string }): WorkerApi {
  const base = url.replace(/\/+$/, '')
  const authorization = `Bearer ${token}`

  const addressOf = (route: Route, { params, query }: Input): string => {
    const fields = Object.entries((query ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      String(value),
    ])
    const search = new URLSearchParams(fields as [string, string][])
    return `${base}${fillPath(pathOf(route), params as Record<string, string>)}${search.size > 0 ? `?${search}` : ''}`
  }
  const send = async (route: Route, input: Input, init: RequestInit, limitMs: number, signal?: AbortSignal) => {
    const response = await fetch(addressOf(route, input), {
      ...init,
      method: route.method,
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(limitMs), ...(signal ? [signal] : [])]),
    })
    if (response.ok) return response
    const said = (await response.text()).slice(0, 2000)
    throw new RefusedError(response.status, detailOf(said) ?? `the server answers ${response.status}`)
  }

  return {
    async call(route, input, signal) {
      const init = {
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(input.body ?? {}),
      }
      const isPlain = route.method === 'GET'
      const response = await send(route, input, isPlain ? { headers: { authorization } } : init, CALL_MS, signal)
      return (await response.json()) as never
    },
    async fetchFile(route, input, signal) {
      const { body } = await send(route, input, { headers: { authorization } }, FILE_MS, signal)
      if (!body) throw new RefusedError(502, 'the server sent no file')
      return Readable.fromWeb(body as never)
    },
    async sendModel({ id, lease }, file, sha256, signal) {
      const { size } = await stat(file)
      const headers = { authorization, 'content-type': 'application/octet-stream', 'content-length': String(size) }
      const body = Readable.toWeb(createReadStream(file)) as never
      const input = { params: { remoteJobId: id }, query: { lease, sha256 } }
      await send(routes.putJobModel, input, { headers, body, duplex: 'half' } as RequestInit, FILE_MS, signal)
    },
  }
}

function detailOf(said: string): string | null {
  try {
    const { detail } = JSON.parse(said) as { detail?: unknown }
    return typeof detail === 'string' ? detail : null
  } catch {
    return null
  }
}
