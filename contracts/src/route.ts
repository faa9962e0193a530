import type { z } from 'zod'
import type { RouteAccess } from './rights.ts'

/** One HTTP route, told once: the server registers it, the web calls it, OpenAPI is generated from it. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `:name` parameters. */
  path: string
  summary: string
  tag: string
  /**
   * Who may call. `none`: anyone; `user`: whoever is signed in, about themselves; `mine`: whoever the thing in the path
   * belongs to; `worker`: a program with a token for work, about jobs of the project or organisation it was made for; `signed`: whoever
   * signs with the secret of the thing in the path; `holder`: whoever is signed in and knows the secret that the request names; `party`: whoever may see what
   * the thread of the message in the path is about; `session`: a person at a browser, no token; `administrator`: of the installation; a right: whoever
   * holds it on the thing that the path names. Everybody else is answered as if there were nothing.
   */
  access: RouteAccess
  /** Also for whoever still has to set up a second factor before anything else. */
  isOpenUnsecured?: true
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /**
   * Fields of a multipart/form-data body; every one may be repeated, and the body is read as a stream. A route with a
   * `body` too takes either: of a form, the parsed body is undefined.
   */
  form?: Record<string, { isRequired: boolean; description: string; isFile: boolean }>
  /** The form of a body whose signature counts before its content: the handler reads the bytes as they came. */
  signedBody?: z.ZodType
  /** A body that is a stream of bytes of this media type. */
  takes?: string
  /** The path stands at the root and not below `/api/v1`: another program's protocol says so. */
  isAtRoot?: true
  /** Set when the answer is not JSON. */
  produces?: string
  /** Answers carry an `ETag`. */
  isTagged?: true
  /** Takes `If-Match`, and answers 412 where the thing was changed meanwhile. */
  takesTag?: true
  /** Status → body schema; `null`: no body. */
  responses: Record<number, z.ZodType | null>
}

export const defineRoute = <const Definition extends Route>(definition: Definition): Definition => definition

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : Schema extends null ? null : undefined
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type Bodies<Responses> = { [Status in keyof Responses]: Parsed<Responses[Status]> }[keyof Responses]

export type RouteParams<R extends Route> = Parsed<R['params']>
export type RouteQuery<R extends Route> = Parsed<R['query']>
export type RouteBody<R extends Route> = Parsed<R['body']>
export type RouteBodyInput<R extends Route> = Sent<R['body']>
export type RouteQueryInput<R extends Route> = Sent<R['query']>
export type RouteAnswer<R extends Route> = Bodies<R['responses']>

export const API_PREFIX = '/api/v1'

/** The whole path of a route, with its parameters as `:name`. */
export const pathOf = ({ path, isAtRoot }: Pick<Route, 'path' | 'isAtRoot'>): string =>
  isAtRoot ? path : `${API_PREFIX}${path}`

/** The path with its parameters filled in and percent-encoded. */
export function fillPath(path: string, params: Record<string, string | number> = {}): string {
  return path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new TypeError(`missing path parameter "${name}" of ${path}`)
    return encodeURIComponent(String(value))
  })
}
