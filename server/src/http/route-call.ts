import type {
  OrganisationId,
  OrganisationRole,
  ProjectId,
  Route,
  RouteBody,
  RouteParams,
  RouteQuery,
  TokenScope,
  UserId,
} from '@vesalius/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Selectable } from 'kysely'
import type { WorkerTokensTable } from '../db/tables/remote.ts'

/** Who is asking: known from the session cookie or an API token. */
export interface SignedIn {
  readonly id: UserId
  readonly role: 'administrator' | 'user'
  /** Projects that name them as a reviewer. */
  readonly reviews: ReadonlySet<ProjectId>
  readonly memberships: ReadonlyMap<OrganisationId, OrganisationRole>
  /** How they are known: rights are the same, but a token makes no tokens and changes no password. */
  readonly by: 'session' | 'token' | 'job'
  /** Still has to set up a second factor before anything else. */
  readonly isUnsecured?: boolean
  /** Of a token: what it may do of all that. */
  readonly scopes?: readonly TokenScope[]
}

export interface RouteCall<R extends Route> {
  params: RouteParams<R>
  query: RouteQuery<R>
  body: RouteBody<R>
  user: R['access'] extends 'none' ? SignedIn | null : SignedIn
  request: FastifyRequest
  reply: FastifyReply
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Set by the accounts feature before any route is registered. */
    authenticate: (request: FastifyRequest) => Promise<SignedIn | null>
    /** Set by the remote feature. Throws NOT_SIGNED_IN for whoever is no program with a token for work. */
    requireWorker: (request: FastifyRequest) => Promise<void>
  }
  interface FastifyRequest {
    /** Of routes for workers: the token they came with. */
    workerToken: Selectable<WorkerTokensTable> | null
  }
}
