import { AppError, isForPrograms, pathOf, type Route, type RouteAnswer } from '@vesalius/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Actor, runAs } from '../db/actor.ts'
import { refuseUnsecured } from './refuse-unsecured.ts'
import type { RouteCall, SignedIn } from './route-call.ts'
import { refuseBeyondScope } from './token-scope.ts'

export type RouteHandler<R extends Route> = (call: RouteCall<R>) => Promise<RouteAnswer<R> | FastifyReply>

/**
 * Registers one route of the contracts: who may call, parsed input, shaped answer. The answer is parsed too, so a
 * field that the contract does not name never leaves the server.
 */
export function registerRoute<const R extends Route>(app: FastifyInstance, route: R, handle: RouteHandler<R>): void {
  app.route({
    method: route.method,
    url: pathOf(route),
    handler: async (request, reply) => {
      const call = await readCall(app, route, request, reply)
      const answer = await runAs(actorOf(route, call.user, request), () => handle(call as RouteCall<R>))
      if (answer === reply || reply.sent) return reply
      return sendAnswer(route, reply, answer)
    },
  })
}

async function readCall(app: FastifyInstance, route: Route, request: FastifyRequest, reply: FastifyReply) {
  const user: SignedIn | null = await app.authenticate(request)
  checkCaller(route, user)
  if (route.access === 'worker') await app.requireWorker(request)
  const isForm = route.form && (!route.body || request.headers['content-type']?.startsWith('multipart/form-data'))
  return {
    params: parse(route.params, request.params, 'NOT_FOUND'),
    query: parse(route.query, request.query, 'VALIDATION_FAILED'),
    body: isForm ? undefined : parse(route.body, request.body ?? undefined, 'VALIDATION_FAILED'),
    user,
    request,
    reply,
  }
}

/** A reason may come along, percent-encoded as headers are: the record of changes keeps it. */
function actorOf(route: Route, user: SignedIn | null, { headers }: FastifyRequest): Actor {
  const given = headers['x-reason']
  let reason: string | null = null
  try {
    reason = typeof given === 'string' ? decodeURIComponent(given).slice(0, 500) : null
  } catch {
    throw new AppError('BAD_REQUEST', 'The header X-Reason is not percent-encoded.')
  }
  return { id: user?.id ?? null, by: user?.by ?? 'visitor', via: `${route.method} ${route.path}`, reason }
}

/** What can be told without looking at the thing the path names; the feature's own check looks at that. */
function checkCaller(route: Route, user: SignedIn | null): void {
  if (route.access === 'none') return
  if (isForPrograms(route.access)) {
    if (user) throw new AppError('NOT_FOUND', 'There is nothing at this address.')
    return
  }
  if (!user) throw new AppError('NOT_SIGNED_IN', 'Sign in first.')
  if (route.access === 'administrator' && user.role !== 'administrator') {
    throw new AppError('NOT_FOUND', 'There is nothing at this address.')
  }
  if (route.access === 'session' && user.by !== 'session') {
    throw new AppError('FORBIDDEN', 'A token cannot do this. Sign in with a browser.')
  }
  if (!route.isOpenUnsecured) refuseUnsecured(user)
  refuseBeyondScope(user, route)
}

function sendAnswer(route: Route, reply: FastifyReply, answer: unknown): FastifyReply {
  const usual = Number(Object.keys(route.responses).find((status) => status.startsWith('2')))
  const status = reply.statusCode === 200 ? usual : reply.statusCode
  const schema = route.responses[status]
  if (schema === undefined) throw new Error(`${route.method} ${route.path} does not declare status ${status}`)
  reply.code(status)
  return schema === null ? reply.send() : reply.send(schema.parse(answer))
}

/** An id that cannot exist is a thing not found; other bad input names each field. */
function parse(schema: z.ZodType | undefined, value: unknown, code: 'NOT_FOUND' | 'VALIDATION_FAILED'): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  if (code === 'NOT_FOUND') throw new AppError('NOT_FOUND', 'There is no such thing, or you may not see it.')
  const issues = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('VALIDATION_FAILED', 'The request does not fit: see the issues.', { issues })
}
