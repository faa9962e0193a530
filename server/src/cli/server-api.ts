import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  ErrorBody,
  fillPath,
  pathOf,
  type Route,
  type RouteAnswer,
  type RouteBodyInput,
  type RouteParams,
  type RouteQueryInput,
} from '@vesalius/contracts'

/** A Vesalius server as a script with a token sees it. */
export interface ServerApi {
  call<const R extends Route>(route: R, input?: CallInput<R>): Promise<RouteAnswer<R>>
  /** A request of a path below `/api/v1`, as it is. Throws ServerProblem unless the answer is 2xx, or of `alsoFine`. */
  send(method: string, path: string, init?: RequestInit & { alsoFine?: readonly number[] }): Promise<Response>
  /** Writes what a path answers into a file, which appears when it is whole. Answers its size in bytes. */
  download(path: string, target: string): Promise<number>
}

export interface CallInput<R extends Route> {
  params?: Partial<Record<keyof RouteParams<R> & string, string>>
  query?: Partial<RouteQueryInput<R>>
  body?: RouteBodyInput<R>
  headers?: Record<string, string>
}

/** `status`: of the answer; 0 where nobody answered. */
export class ServerProblem extends Error {
  override name = 'ServerProblem'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export function openServerApi({ url, token }: { url: string; token: string }): ServerApi {
  const base = url.replace(/\/+$/, '')
  const send: ServerApi['send'] = async (method, path, { alsoFine = [], ...init } = {}) => {
    const headers = new Headers(init.headers)
    if (token) headers.set('authorization', `Bearer ${token}`)
    const answer = await fetch(`${base}${path}`, { ...init, method, headers }).catch((cause: unknown) => {
      throw new ServerProblem(0, 'OFFLINE', `${base} does not answer: ${reasonOf(cause)}`)
    })
    if (answer.ok || alsoFine.includes(answer.status)) return answer
    throw problemOf(answer.status, await answer.text())
  }
  return {
    send,
    async call(route, { params, query = {}, body, headers } = {}) {
      const search = new URLSearchParams()
      for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
      const path = `${fillPath(pathOf(route), params as Record<string, string>)}${search.size > 0 ? `?${search}` : ''}`
      const answer = await send(route.method, path, {
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return text === '' ? (null as never) : JSON.parse(text)
    },
    async download(path, target) {
      const answer = await send('GET', path)
      const temporary = `${target}.part`
      try {
        const stream = createWriteStream(temporary)
        if (answer.body) await pipeline(Readable.fromWeb(answer.body as never), stream)
        await rename(temporary, target)
        return stream.bytesWritten
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
  }
}

function problemOf(status: number, text: string): ServerProblem {
  const parsed = ErrorBody.safeParse(parseOrNull(text))
  if (!parsed.success) return new ServerProblem(status, 'INTERNAL', `The server answers ${status}.`)
  const { code, title, detail, issues = [] } = parsed.data
  const told = issues.map(({ path, message }) => `${path}: ${message}`)
  return new ServerProblem(status, code, [detail ?? title, ...told].join('\n'))
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const reasonOf = (error: unknown) => {
  const { cause } = error as { cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? String(error)
}
